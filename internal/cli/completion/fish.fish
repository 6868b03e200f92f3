# Completion of onrecord for fish.
function __onrecord_complete
    set -l line (commandline -opc) (commandline -ct)
    set -l found ($line[1] complete -- $line[2..-1] 2>/dev/null)
    if test "$found" = files
        __fish_complete_path (commandline -ct)
    else
        printf '%s\n' $found
    end
end
complete -c onrecord -f -k -a '(__onrecord_complete)'
