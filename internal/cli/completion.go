package cli

import (
	"bufio"
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// The scripts ask "onrecord complete" for what may stand at the cursor, so that they
// need not be made again when the program has more commands and flags.
var (
	//go:embed completion/bash.sh
	bashScript string
	//go:embed completion/zsh.zsh
	zshScript string
	//go:embed completion/fish.fish
	fishScript string
)

// completionCommand is "onrecord completion".
type completionCommand struct {
	Shell string `arg:"" enum:"bash,zsh,fish" help:"bash, zsh or fish."`
}

// Help is what "onrecord completion --help" says beyond the flags.
func (*completionCommand) Help() string {
	return `
Prints a script by which a shell completes commands, flags and their values.

Examples:

    # bash, for this user, from the next shell on; needs the package bash-completion.
    mkdir -p ~/.local/share/bash-completion/completions
    onrecord completion bash > ~/.local/share/bash-completion/completions/onrecord

    # bash without that package: in ~/.bashrc.
    source <(onrecord completion bash)

    # zsh: in ~/.zshrc, after compinit.
    source <(onrecord completion zsh)

    # fish.
    onrecord completion fish > ~/.config/fish/completions/onrecord.fish

Exit status:

    0    done
    1    the output could not be written
    2    the command line is wrong
`
}

// Run prints the script.
func (c *completionCommand) Run(env *environment) error {
	script := map[string]string{"bash": bashScript, "zsh": zshScript, "fish": fishScript}[c.Shell]
	_, err := io.WriteString(env.stdout, script)
	return output(err)
}

// completeCommand is "onrecord complete", which the scripts ask.
type completeCommand struct {
	Line []string `arg:"" optional:"" passthrough:""` // the words before the cursor, the last as far as it is written
}

// Run prints what may stand in place of the last word: each on a line, with what it
// means behind a tab; or the line "files" alone where it is the name of a file.
func (c *completeCommand) Run(ctx *kong.Context, env *environment) error {
	line := c.Line
	if len(line) > 0 && line[0] == "--" {
		line = line[1:]
	}
	w := bufio.NewWriter(env.stdout)
	for _, x := range complete(ctx.Model, line) {
		fmt.Fprintln(w, x.line())
	}
	return output(w.Flush())
}

// candidate is what a word may be completed to.
type candidate struct{ word, help string }

// files stands for the names of files.
var files = candidate{word: "files"}

func (c candidate) line() string {
	if c.help == "" {
		return c.word
	}
	return c.word + "\t" + c.help
}

// complete is what the last of the words may be completed to.
func complete(app *kong.Application, line []string) []candidate {
	if len(line) == 0 {
		line = []string{""}
	}
	last := line[len(line)-1]
	node, arguments := app.Node, 0
	flags := slices.Clone(app.Flags)
	for i := 0; i < len(line)-1; i++ {
		word := line[i]
		switch {
		case word == "--":
			return argument(node, arguments+len(line)-2-i, last)
		case strings.HasPrefix(word, "-") && word != "-":
			flag := named(flags, word)
			if flag != nil && !flag.IsBool() && !strings.Contains(word, "=") {
				if i++; i == len(line)-1 {
					return values(flag.Value, "", last)
				}
			}
		default:
			if child := childOf(node, word); child != nil {
				node = child
				flags = append(flags, child.Flags...)
				continue
			}
			arguments++
		}
	}
	if name, value, found := strings.Cut(last, "="); found && strings.HasPrefix(last, "--") {
		if flag := named(flags, name); flag != nil {
			return values(flag.Value, name+"=", value)
		}
		return nil
	}
	if strings.HasPrefix(last, "-") {
		var all []candidate
		for _, flag := range flags {
			if word := "--" + flag.Name; !flag.Hidden && strings.HasPrefix(word, last) {
				all = append(all, candidate{word, inShort(flag.Help)})
			}
		}
		return all
	}
	if len(node.Children) > 0 {
		var all []candidate
		for _, child := range node.Children {
			if !child.Hidden && strings.HasPrefix(child.Name, last) {
				all = append(all, candidate{child.Name, inShort(child.Help)})
			}
		}
		return all
	}
	return argument(node, arguments, last)
}

// named is the flag that a word is, with or without its value.
func named(flags []*kong.Flag, word string) *kong.Flag {
	word, _, _ = strings.Cut(word, "=")
	for _, flag := range flags {
		if word == "--"+flag.Name || flag.Short != 0 && word == "-"+string(flag.Short) {
			return flag
		}
	}
	return nil
}

func childOf(node *kong.Node, word string) *kong.Node {
	for _, child := range node.Children {
		if child.Name == word {
			return child
		}
	}
	return nil
}

// argument completes the argument with an index.
func argument(node *kong.Node, at int, last string) []candidate {
	if len(node.Positional) == 0 {
		return nil
	}
	value := node.Positional[min(at, len(node.Positional)-1)]
	if value.Enum == "" && value.Tag.Get("complete") != "none" {
		return []candidate{files}
	}
	return values(value, "", last)
}

// values completes the value of a flag or argument behind something that stands
// already: to one of its enumeration, of which a list may have several.
func values(value *kong.Value, before, last string) []candidate {
	if value.Enum == "" {
		if value.Tag.Get("complete") == "files" {
			return []candidate{files}
		}
		return nil
	}
	if i := strings.LastIndexByte(last, ','); value.IsSlice() && i >= 0 {
		before, last = before+last[:i+1], last[i+1:]
	}
	var all []candidate
	for word := range strings.SplitSeq(value.Enum, ",") {
		if word = strings.TrimSpace(word); word != "" && strings.HasPrefix(word, last) {
			all = append(all, candidate{word: before + word})
		}
	}
	return all
}

// inShort is the first sentence of a help.
func inShort(help string) string {
	help, _, _ = strings.Cut(help, "\n")
	if i := strings.IndexAny(help, ".:;"); i > 0 {
		help = help[:i]
	}
	return help
}
