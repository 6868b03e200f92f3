package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
	"go.yaml.in/yaml/v3"
)

// A flag has the value that the command line gives it; else that of its environment
// variable, if that is not empty; else that of the configuration file, where a command's own section goes
// before what stands there for all; else its default. Flags that are about one call
// alone (tag settings:"no") are on the command line only.

// maxConfig is more bytes than a configuration file can need.
const maxConfig = 1 << 20

// setting is a value of the configuration file.
type setting struct {
	value string
	line  int
}

// settings is where flags that are not on the command line have their values from. It
// is a [kong.Resolver].
type settings struct {
	file   string // "" if there is none
	values map[string]setting
	err    error // why the file could not be read

	used []origination
}

// origination is where a flag has its value from.
type origination struct{ flag, from string }

// Validate implements [kong.Resolver]: the file is checked when it is read.
func (*settings) Validate(*kong.Application) error { return nil }

// Resolve implements [kong.Resolver].
func (s *settings) Resolve(ctx *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	if !settable(flag) {
		return nil, nil //nolint:nilnil // by which a kong.Resolver says that it has none
	}
	if name := variable(flag.Name); flag.Name != "config" {
		if value := os.Getenv(name); value != "" {
			s.used = append(s.used, origination{flag.Name, name})
			return value, nil
		}
	}
	keys := []string{flag.Name}
	if command := ctx.Selected(); command != nil {
		keys = []string{command.Name + "." + flag.Name, flag.Name}
	}
	for _, key := range keys {
		if found, ok := s.values[key]; ok {
			s.used = append(s.used, origination{flag.Name, fmt.Sprintf("%s:%d", s.file, found.line)})
			return found.value, nil
		}
	}
	return nil, nil //nolint:nilnil // as above
}

// settable reports whether a flag may be set other than on the command line.
func settable(flag *kong.Flag) bool {
	return flag.Name != "help" && flag.Name != "version" && !flag.Hidden && flag.Tag.Get("settings") != "no"
}

// variable is the environment variable of a flag.
func variable(flag string) string {
	return "ONRECORD_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// blamed is an error of a flag with where that has its value from.
func (s *settings) blamed(err error) error {
	for _, u := range s.used {
		if strings.Contains(err.Error(), "--"+u.flag) {
			return fmt.Errorf("%w (it is set by %s)", err, u.from)
		}
	}
	return err
}

// BeforeResolve reads the configuration file.
func (c *commands) BeforeResolve(ctx *kong.Context, env *environment) error {
	named := ""
	for _, flag := range ctx.Flags() {
		if flag.Name == "config" {
			named, _ = ctx.FlagValue(flag).(string)
		}
	}
	env.settings = readSettings(named, ctx.Model)
	ctx.AddResolver(env.settings)
	if command := ctx.Selected(); command != nil && command.Tag.Get("settings") == "no" {
		return nil // works without, or says what is wrong itself
	}
	return env.settings.err
}

// usualConfig is the file that is read where none is named.
func usualConfig() string {
	dir, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "onrecord", "config.yaml")
}

// readSettings reads the file that is named, or the usual one if there is one.
func readSettings(named string, app *kong.Application) *settings {
	s := &settings{file: named}
	if named == "" {
		s.file = usualConfig()
	}
	data, err := readAtMost(s.file, maxConfig)
	switch {
	case named == "" && (s.file == "" || errors.Is(err, fs.ErrNotExist)):
		s.file = ""
		return s
	case err != nil:
		s.err = fmt.Errorf("the configuration file %s: %w", s.file, withoutPath(err))
		return s
	}
	s.values, err = parseSettings(data, flagsOf(app))
	if err != nil {
		s.values = nil
		s.err = fmt.Errorf("%s:%w", s.file, err)
	}
	return s
}

// readAtMost reads a file that is no larger than some bytes.
func readAtMost(name string, most int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(data)) > most {
		err = fmt.Errorf("more than %d bytes: this cannot be it", most)
	}
	return data, err
}

// flagsOf are the flags of each command that may be set, and all of them under "".
func flagsOf(app *kong.Application) map[string][]string {
	flags := map[string][]string{}
	add := func(command string, all []*kong.Flag) {
		for _, flag := range all {
			if settable(flag) && flag.Name != "config" {
				flags[command] = append(flags[command], flag.Name)
				flags[""] = append(flags[""], flag.Name)
			}
		}
	}
	add("", app.Flags)
	for _, command := range app.Children {
		if !command.Hidden {
			add(command.Name, command.Flags)
		}
	}
	return flags
}

// parseSettings reads a configuration file, in YAML: for each flag its value, and for
// each command a section of the same. An error begins with a line number.
func parseSettings(data []byte, flags map[string][]string) (map[string]setting, error) {
	var document yaml.Node
	if err := yaml.Unmarshal(data, &document); err != nil {
		return nil, fmt.Errorf(" not YAML: %s", strings.TrimPrefix(err.Error(), "yaml: "))
	}
	values := map[string]setting{}
	if len(document.Content) == 0 {
		return values, nil
	}
	return values, parseSection(document.Content[0], "", flags, values)
}

// parseSection reads the settings of a command, or of all.
func parseSection(section *yaml.Node, command string, flags map[string][]string, values map[string]setting) error {
	if section.Kind == yaml.ScalarNode && section.Tag == "!!null" {
		return nil
	}
	if section.Kind != yaml.MappingNode {
		return fmt.Errorf("%d: write a flag and its value on a line, as \"store: /srv/news.db\"", section.Line)
	}
	for i := 0; i+1 < len(section.Content); i += 2 {
		key, node := section.Content[i], section.Content[i+1]
		if _, isCommand := flags[key.Value]; command == "" && isCommand && key.Value != "" && node.Kind == yaml.MappingNode {
			if err := parseSection(node, key.Value, flags, values); err != nil {
				return err
			}
			continue
		}
		switch {
		case slices.Contains(flags[command], key.Value):
		case command == "":
			return fmt.Errorf("%d: %q is no flag that can be set here, and no command: \"onrecord COMMAND --help\" lists flags", key.Line, key.Value)
		default:
			return fmt.Errorf("%d: %q is no flag of \"onrecord %s\" that can be set here: \"onrecord %s --help\" lists them", key.Line, key.Value, command, command)
		}
		if node.Kind != yaml.ScalarNode || node.Tag == "!!null" {
			return fmt.Errorf("%d: %s: write a value behind the colon", node.Line, key.Value)
		}
		name := key.Value
		if command != "" {
			name = command + "." + name
		}
		if before, twice := values[name]; twice {
			return fmt.Errorf("%d: %s is set on line %d already", key.Line, key.Value, before.line)
		}
		values[name] = setting{node.Value, key.Line}
	}
	return nil
}
