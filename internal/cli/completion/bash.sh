# Completion of onrecord for bash.
_onrecord() {
    local -a line=()
    local i n=0 candidate cur
    # bash takes the = between a flag and its value for a word of its own.
    for ((i = 1; i <= COMP_CWORD; i++)); do
        if ((n > 0)) && [[ ${COMP_WORDS[i]} == '=' || ${COMP_WORDS[i - 1]} == '=' ]]; then
            line[n - 1]+=${COMP_WORDS[i]}
        else
            line[n++]=${COMP_WORDS[i]}
        fi
    done
    cur=${line[n - 1]}
    COMPREPLY=()
    while IFS=$'\t' read -r candidate _; do
        if [[ $candidate == files ]]; then
            compopt -o filenames 2>/dev/null
            [[ $cur == -*=* ]] && cur=${cur#*=}
            while IFS= read -r candidate; do
                COMPREPLY+=("$candidate")
            done < <(compgen -f -- "$cur")
            return
        fi
        [[ $cur == -*=* ]] && candidate=${candidate#*=}
        COMPREPLY+=("$candidate")
    done < <("${COMP_WORDS[0]}" complete -- "${line[@]}" 2>/dev/null)
}
complete -F _onrecord onrecord
