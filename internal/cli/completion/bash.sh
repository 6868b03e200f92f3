# Completion of onrecord for bash.
_onrecord() {
    local -a line
    local words cword cur candidate
    if declare -F _comp_initialize >/dev/null; then
        local prev was_split comp_args
        _comp_initialize -n = -- "$@" || return
    elif declare -F _get_comp_words_by_ref >/dev/null; then
        _get_comp_words_by_ref -n = -w words -i cword -c cur
    else
        words=("${COMP_WORDS[@]}") cword=$COMP_CWORD cur=${COMP_WORDS[COMP_CWORD]}
    fi
    line=("${words[@]:1:cword}")
    COMPREPLY=()
    while IFS=$'\t' read -r candidate _; do
        if [[ $candidate == files ]]; then
            compopt -o filenames 2>/dev/null
            while IFS= read -r candidate; do
                COMPREPLY+=("$candidate")
            done < <(compgen -f -- "$cur")
            return
        fi
        COMPREPLY+=("$candidate")
    done < <("${words[0]}" complete -- "${line[@]}" 2>/dev/null)
    # bash takes what stands behind an = for a word of its own.
    if [[ $cur == *=* && $COMP_WORDBREAKS == *=* ]]; then
        COMPREPLY=("${COMPREPLY[@]#"${cur%%=*}="}")
    fi
}
complete -F _onrecord onrecord
