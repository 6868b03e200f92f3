package people

import (
	_ "embed"
	"strings"

	"onrecord/record/words"
)

//go:embed names.txt
var namesText string

//go:embed roles.txt
var rolesText string

// lists are what is known of names and roles in advance: the text files beside this.
var lists = struct {
	common  map[string]bool // forms of family names that a great many people have
	generic map[string]bool // forms of words of which names of bodies are made everywhere
	several map[string]bool // forms of words of names of bodies of which a country has many
	known   map[string]bool // keys of names that mean one thing in the world's news
	honours map[string]bool // forms of what is no part of a person's name
	roles   map[string]roles
}{section("common"), section("generic"), section("several"), known(), section("honours"), readRoles()}

// section is the words of a section of names.txt.
func section(name string) map[string]bool {
	set := map[string]bool{}
	for _, line := range sectionLines(name) {
		for _, w := range words.Of(line) {
			set[w.Form] = true
		}
	}
	return set
}

// known are the names of that section, parted by commas.
func known() map[string]bool {
	set := map[string]bool{}
	for _, line := range sectionLines("known") {
		for name := range strings.SplitSeq(line, ",") {
			if key := joinForms(forms(name)); key != "" {
				set[key] = true
			}
		}
	}
	return set
}

func sectionLines(name string) []string {
	var lines []string
	in := false
	for line := range strings.Lines(namesText) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "#") || line == "":
		case strings.HasPrefix(line, "["):
			in = line == "["+name+"]"
		case in:
			lines = append(lines, line)
		}
	}
	return lines
}

// roles is a set of classes of roles.
type roles uint16

// readRoles reads roles.txt: a line a class. The first twelve classes are the bits
// that contradictory names.
func readRoles() map[string]roles {
	byWord := map[string]roles{}
	class := roles(1)
	for line := range strings.Lines(rolesText) {
		_, list, ok := strings.Cut(line, ":")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for _, w := range words.Of(list) {
			byWord[words.Stem(w.Form)] |= class
		}
		class <<= 1
	}
	return byWord
}

// The classes, in the order of the lines of roles.txt.
const (
	politics roles = 1 << iota
	justice
	force
	sport
	arts
	learning
	health
	business
	faith
	private
	press
)

// apart are the classes that hardly anybody is in who is in the one. What is not
// here goes together often enough: lawyers become ministers, generals presidents.
var apart = map[roles]roles{
	politics: sport | arts | private,
	justice:  sport | arts | private,
	force:    sport | arts | learning | health | private,
	sport:    politics | justice | force | learning | health | faith | private,
	arts:     politics | justice | force | health | private,
	learning: force | sport | private,
	health:   force | sport | arts | private,
	business: private,
	faith:    sport | private,
	private:  politics | justice | force | sport | arts | learning | health | business | faith | press,
	press:    private,
}

// contradict reports whether all classes of one are apart from all of the other.
func contradict(x, y roles) bool {
	if x == 0 || y == 0 || x&y != 0 {
		return false
	}
	for class, others := range apart {
		if x&class != 0 && y&^others != 0 {
			return false
		}
	}
	return true
}
