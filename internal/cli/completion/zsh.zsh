#compdef onrecord
# Completion of onrecord for zsh.
_onrecord() {
    local -a candidates
    local word help
    while IFS=$'\t' read -r word help; do
        if [[ $word == files ]]; then
            _files
            return
        fi
        candidates+=("${word//:/\\:}${help:+:$help}")
    done < <("${words[1]}" complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)
    _describe onrecord candidates
}
compdef _onrecord onrecord
