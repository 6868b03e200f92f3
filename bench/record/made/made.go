// Package made makes articles with all that extraction would find in them, as many
// as are wanted, out of lists of words and names: the same articles each time. Words
// and names come as often as they do in a language, by Zipf's law, so that lists of
// the index, and of who is called the same, are as long as they would be.
package made

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"math"
	"math/rand/v2"
	"sort"
	"strings"
	"time"
	"unicode/utf8"

	"onrecord"
	"onrecord/record"
	"onrecord/record/entry"
)

//go:embed words.txt
var wordsText string

//go:embed names.txt
var namesText string

// PerArticle is how many statements an article has in the mean, as in newswire.
const PerArticle = 13

// Model is the version of what found the statements.
const Model = "made/1"

// vocabularySize is how many different words there are: as many as in some tens of
// thousands of articles of newswire.
const vocabularySize = 120_000

// Maker makes articles.
type Maker struct {
	random *rand.Rand
	words  []string
	usual  zipf
	people []person
	bodies []string
	outlet []string
	places []string
	verbs  [][2]string
	who    zipf
	made   int
}

// person is one that may speak.
type person struct{ name, family, description string }

// zipf draws ranks: the n-th is drawn in proportion to 1/(n+shift)^exponent.
type zipf struct{ sums []float64 }

func newZipf(n int, exponent, shift float64) zipf {
	z := zipf{make([]float64, n)}
	sum := 0.0
	for i := range n {
		sum += math.Pow(float64(i)+1+shift, -exponent)
		z.sums[i] = sum
	}
	return z
}

func (z zipf) draw(r *rand.Rand) int {
	return min(sort.SearchFloat64s(z.sums, r.Float64()*z.sums[len(z.sums)-1]), len(z.sums)-1)
}

// New is a Maker that makes the articles of a seed.
func New(seed uint64) *Maker {
	m := &Maker{random: rand.New(rand.NewPCG(seed, 1))}
	m.makeWords()
	m.makeNames()
	return m
}

// makeWords fills the vocabulary: the words of the list, their inflections, and then
// words of syllables, which stand for what is rare.
func (m *Maker) makeWords() {
	seen := map[string]bool{}
	add := func(w string) {
		if !seen[w] && len(m.words) < vocabularySize {
			seen[w] = true
			m.words = append(m.words, w)
		}
	}
	var base []string
	for line := range strings.Lines(wordsText) {
		if !strings.HasPrefix(line, "#") {
			base = append(base, strings.Fields(line)...)
		}
	}
	for _, w := range base {
		add(w)
	}
	for _, ending := range []string{"s", "ed", "ing", "er", "ment", "ation", "ness", "less", "able", "ist"} {
		for _, w := range base[120:] {
			add(strings.TrimSuffix(w, "e") + ending)
		}
	}
	onsets := strings.Fields("b c d f g h j k l m n p r s t v w br cl dr fl gr pl pr sk sp st tr")
	vowels := strings.Fields("a e i o u ai ea io ou")
	codas := strings.Fields("n r s t l m nd nt rk st x")
	r := rand.New(rand.NewPCG(7, 7)) // the words are the same whatever the seed
	for len(m.words) < vocabularySize {
		var b strings.Builder
		for range 2 + r.IntN(2) {
			b.WriteString(onsets[r.IntN(len(onsets))])
			b.WriteString(vowels[r.IntN(len(vowels))])
		}
		b.WriteString(codas[r.IntN(len(codas))])
		add(b.String())
	}
	m.usual = newZipf(len(m.words), 1.05, 2.7) // Mandelbrot's form, with what fits English
}

// makeNames fills the lists of names.
func (m *Maker) makeNames() {
	parts := map[string][]string{}
	for line := range strings.Lines(namesText) {
		if kind, list, ok := strings.Cut(strings.TrimSpace(line), ": "); ok && !strings.HasPrefix(line, "#") {
			parts[kind] = strings.FieldsFunc(list, func(r rune) bool { return r == ' ' || r == '|' && kind == "role" })
		}
	}
	r := rand.New(rand.NewPCG(8, 8))
	m.places = parts["place"]
	families := append([]string{}, parts["family"]...)
	for _, f := range parts["family"] {
		for _, t := range parts["tail"] {
			families = append(families, strings.TrimRight(f, "aeiou")+t)
		}
	}
	seen := map[string]bool{}
	for len(m.people) < 40_000 {
		family := families[int(float64(len(families))*math.Pow(r.Float64(), 2))]
		name := parts["given"][r.IntN(len(parts["given"]))] + " " + family
		if seen[name] {
			name = strings.Replace(name, " ", " "+parts["given"][r.IntN(len(parts["given"]))]+" ", 1)
		}
		seen[name] = true
		role := parts["role"][r.IntN(len(parts["role"]))]
		m.people = append(m.people, person{name, family, "the " + m.places[r.IntN(len(m.places))] + " " + role})
	}
	for _, body := range parts["body"] {
		for _, of := range parts["of"] {
			for _, place := range parts["place"] {
				m.bodies = append(m.bodies, body+" of "+of+" of "+place)
			}
		}
	}
	for _, o := range parts["outlet"] {
		for _, place := range parts["place"] {
			m.outlet = append(m.outlet, "The "+place+" "+o)
		}
	}
	for _, v := range parts["verb"] {
		cue, act, _ := strings.Cut(v, "|")
		m.verbs = append(m.verbs, [2]string{cue, act})
	}
	m.who = newZipf(len(m.people), 0.9, 5)
}

// Words are the n most frequent words from a rank on.
func (m *Maker) Words(from, n int) []string { return m.words[from : from+n] }

// People are the names of those who speak most, from a rank on.
func (m *Maker) People(from, n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = m.people[from+i].name
	}
	return names
}

// Outlets are the names of all.
func (m *Maker) Outlets() []string { return m.outlet }

// first is the day of the first article.
var first = time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC)

// days is over how many days articles are spread, in order.
const days = 3650

// writer puts a Text together and counts its code points.
type writer struct {
	text  strings.Builder
	chars int
}

// put appends words and gives their span.
func (w *writer) put(s string) onrecord.Span {
	w.text.WriteString(s)
	span := onrecord.Span{Start: w.chars, End: w.chars + utf8.RuneCountInString(s)}
	w.chars = span.End
	return span
}

// sentence is some words.
func (m *Maker) sentence(n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = m.words[m.usual.draw(m.random)]
	}
	if m.random.IntN(3) == 0 {
		words[m.random.IntN(n)] = m.places[m.random.IntN(len(m.places))]
	}
	return strings.Join(words, " ")
}

// Next makes an article.
func (m *Maker) Next() record.Addition {
	r := m.random
	day := first.AddDate(0, 0, m.made/40%days)
	m.made++
	outlet := m.outlet[min(len(m.outlet)-1, int(float64(len(m.outlet))*math.Pow(r.Float64(), 2)))]
	url := fmt.Sprintf("https://news.example/%s/%d", day.Format("2006/01/02"), m.made)
	w := &writer{}
	title := m.sentence(8)
	w.put(title + "\n")

	cast := m.cast()
	statements := make([]onrecord.Statement, 0, PerArticle)
	for i := range PerArticle - 3 + r.IntN(7) {
		if i%2 == 0 {
			w.put("\n" + capital(m.sentence(12+r.IntN(20))) + ".\n")
		}
		statements = append(statements, m.statement(w, cast, i, day))
	}
	for i := range statements {
		if i > 0 && r.IntN(30) == 0 {
			statements[i].Replies = []onrecord.Reply{{To: statements[i-1].ID, Relation: onrecord.Denies}}
		}
	}
	text := w.text.String()
	quotable := entry.NewText(text)
	for i := range statements {
		quote := quotable.Quote(statements[i].Content)
		statements[i].Quote = &quote
	}
	sum := sha256.Sum256([]byte(text))
	digest := hex.EncodeToString(sum[:])
	published, language := day.Format("2006-01-02"), "en"
	return record.Addition{
		Original: []byte(text),
		Article: onrecord.Article{
			ID: "sha256:" + digest, Source: url, URL: &url, Outlet: &outlet, Title: &title, Published: &published, Language: &language,
			TextSHA256: digest, Chars: w.chars, Decoding: "text/1", Text: text,
		},
		Appearance: record.Appearance{Source: url, URL: url, MediaType: "text/plain; charset=utf-8", Received: day},
		Run:        &record.Run{Model: Model, Entities: cast.entities, Statements: statements},
	}
}

// capital begins with a capital.
func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// cast are those who have a part in an article.
type cast struct {
	entities []onrecord.Entity
	people   []person
	place    string
}

func (m *Maker) cast() *cast {
	r := m.random
	c := &cast{place: m.places[r.IntN(len(m.places))]}
	seen := map[string]bool{}
	for range 2 + r.IntN(3) {
		p := m.people[m.who.draw(r)]
		if seen[p.name] {
			continue
		}
		seen[p.name] = true
		c.people = append(c.people, p)
		c.entities = append(c.entities, onrecord.Entity{
			ID: fmt.Sprint("e", len(c.entities)+1), Name: p.name, Type: onrecord.Person,
			Descriptions: []string{p.description}, Aliases: []string{p.family},
		})
	}
	body := m.bodies[r.IntN(len(m.bodies))]
	c.people = append(c.people, person{name: body, family: body})
	c.entities = append(c.entities, onrecord.Entity{ID: fmt.Sprint("e", len(c.entities)+1), Name: body, Type: onrecord.Organization})
	return c
}

// statement writes one and tells where it stands.
func (m *Maker) statement(w *writer, c *cast, i int, day time.Time) onrecord.Statement {
	r := m.random
	k := r.IntN(len(c.people))
	p := c.people[k]
	verb := m.verbs[min(len(m.verbs)-1, int(float64(len(m.verbs))*math.Pow(r.Float64(), 3)))]
	act := onrecord.Act(verb[1])
	sure, fair := 0.9231, 0.75
	s := onrecord.Statement{
		ID: fmt.Sprint("s", i+1), Act: &act, Speakers: []string{c.entities[k].ID},
		Confidence: float64(5000+r.IntN(5000)) / 1e4, Confidences: onrecord.Confidences{Speakers: &sure, Act: &fair},
	}
	content := m.sentence(8 + r.IntN(30))
	mention := func(name string) onrecord.Span {
		span := w.put(name)
		c.entities[k].Mentions = append(c.entities[k].Mentions, span)
		return span
	}
	w.put("\n")
	if r.IntN(3) == 0 { // “…,” Name said.
		s.Kind = onrecord.Direct
		s.Content = []onrecord.Span{w.put("“" + capital(content) + ",”")}
		w.put(" ")
		s.Source = []onrecord.Span{mention(p.family)}
		w.put(" ")
		s.Cue = []onrecord.Span{w.put(verb[0])}
		w.put(".\n")
	} else {
		s.Kind = onrecord.Indirect
		if r.IntN(4) == 0 {
			s.Kind = onrecord.Mixed
			content = strings.Replace(content, " ", " “", 1) + "”"
		}
		s.Source = []onrecord.Span{mention(p.name)}
		w.put(" ")
		s.Cue = []onrecord.Span{w.put(verb[0])}
		w.put(" that ")
		s.Content = []onrecord.Span{w.put(content)}
		w.put(".\n")
	}
	switch other := r.IntN(len(c.people)); r.IntN(10) {
	case 0:
		s.Via = []onrecord.Named{{Name: "state media"}}
	case 1:
		s.Audience = []onrecord.Named{{Name: "reporters"}}
	case 2:
		if other != k {
			s.Target = []onrecord.Named{{Name: c.people[other].name, Entity: &c.entities[other].ID}}
		}
	case 3, 4:
		said := day.AddDate(0, 0, -r.IntN(7)).Format("2006-01-02")
		s.SaidOn = &said
	}
	return s
}
