package relay

import (
	"slices"

	"onrecord/extract/draft"
	"onrecord/extract/grammar"
)

// reach is how many words may stand between a verb of quoting and its "as saying".
const reach = 30

// Mend puts right statements that were cut as if the one who passes them on were the
// speaker, and those whose parts were shared out wrongly for that. It changes spans,
// adds statements that stand within a report, and drops doubles; where it makes
// somebody a relay, it puts him into Via.
func Mend(a *draft.Article) {
	kept := a.Statements[:0]
	for i := range a.Statements {
		s := a.Statements[i]
		mendQuotedAs(a, &s)
		mendAsSaying(a, &s)
		if mendFirst(a, &s) && mendCiting(a, &s) {
			kept = append(kept, s)
		}
	}
	a.Statements = kept
	mendTails(a)
	split(a)
}

// mendQuotedAs gives "was cited as | voicing admiration" its whole cue, and its
// source where that was taken for content: "Bachelet // voicing admiration".
func mendQuotedAs(a *draft.Article, s *draft.Statement) {
	if !a.Is(s.Cue.Last, "as") || !quotes(a, s.Cue) {
		return
	}
	next := s.Cue.Last + 1
	if next >= len(a.Words) || !is("voice", a.Words[next].Lower) {
		return
	}
	if len(s.Source) == 0 && len(s.Content) > 1 && s.Content[0].Last < s.Cue.First && !a.Words[s.Content[0].First].Quoted {
		s.Source, s.Content = s.Content[:1:1], s.Content[1:]
	}
	s.Cue.Last = next
	s.Content = without(a, s.Content, draft.Run{First: next, Last: next})
}

// quotes reports whether a cue has a passive participle of quoting.
func quotes(a *draft.Article, cue draft.Run) bool {
	for i := cue.First; i <= cue.Last; i++ {
		if is("any", a.Words[i].Lower) || a.Words[i].Lower == "reported" {
			return true
		}
	}
	return false
}

// mendAsSaying makes the one who is quoted the source: "CCTV quoted X as saying".
func mendAsSaying(a *draft.Article, s *draft.Statement) {
	verb := draft.None
	for i := s.Cue.First; i <= s.Cue.Last; i++ {
		if is("cite", a.Words[i].Lower) {
			verb = i
		}
	}
	if verb == draft.None || len(s.Source) == 0 || grammar.Passive(a, a.Sentence(verb), verb) {
		return
	}
	end := a.Sentence(verb).Last
	for j := verb + 2; j < min(end, verb+reach); j++ {
		if a.Words[j].Quoted {
			return
		}
		if !a.Is(j, "as") || !is("voice", a.Words[j+1].Lower) {
			continue
		}
		quoter := s.Source[0]
		s.Via = append(s.Via, chain(a, quoter, quoting)...)
		s.Source = []draft.Run{{First: verb + 1, Last: j - 1}}
		s.Cue = draft.Run{First: j, Last: j + 1}
		s.Content = without(a, s.Content, draft.Run{First: verb + 1, Last: j + 1})
		// "on Thursday", behind words that stand before it all.
		if n := len(s.Content); n > 1 && s.Content[0].Last < verb && !a.Words[s.Content[n-1].First].Quoted {
			s.Content = slices.DeleteFunc(s.Content, func(r draft.Run) bool { return r.First > j && r.Len() < 6 })
		}
		// "…, the BBC quoted X as saying to reporters": what is said stands before it.
		sentence := a.Sentence(verb)
		if n := len(s.Content); n > 0 && s.Content[0].First > j && s.Content[n-1].Last-j < 8 && quoter.First-sentence.First > 4 {
			s.Content = nil
		}
		if len(s.Content) == 0 && quoter.First-sentence.First > 4 {
			s.Content = without(a, []draft.Run{{First: sentence.First, Last: quoter.First - 1}}, draft.Run{First: quoter.First - 1, Last: quoter.First - 1})
		}
		if len(s.Content) == 0 {
			s.Content = []draft.Run{{First: j + 2, Last: a.Sentence(j).Last}}
		}
		return
	}
}

// mendCiting makes those who are cited the source of what the press reports: "…,
// Reuters reported, citing officials". It reports false for what is no statement: the
// "citing" alone.
func mendCiting(a *draft.Article, s *draft.Statement) bool {
	if len(s.Source) != 1 || len(s.Via) > 0 {
		return true
	}
	source := s.Source[0]
	head, ok := grammar.NounPhrase(a, source.First, source.Last+1, true)
	if !ok {
		return true
	}
	if whole := source; !press(a, head) && press(a, whole) {
		head = whole // "a report from Yicai"
	}
	pressed := press(a, head)
	sentence := grammar.Nearby(a, s.Cue.First)
	for i := max(sentence.First, source.First+1); i < sentence.Last; i++ {
		w := a.Words[i].Lower
		if w != "citing" && w != "quoting" || inside(s.Content, i) || i < s.Cue.First-reach || i > s.Cue.Last+reach {
			continue
		}
		cited, ok := grammar.NounPhrase(a, i+1, sentence.Last+1, true)
		if !ok || !canBeCited(a, cited) {
			return true
		}
		if !pressed {
			// "Salceda, citing data from the ministry, said": the data are the ministry's.
			if cited, ok = issuer(a, cited, sentence.Last+1); !ok || s.Cue.Has(i) {
				return true
			}
		}
		if s.Cue.Has(i) && len(s.Content) == 1 && s.Content[0].First == cited.First {
			return false
		}
		s.Via = append(s.Via, part(a, head, quoting, 0.85))
		s.Source = []draft.Run{cited}
		if s.Cue.Has(i) {
			s.Cue = draft.Run{First: i, Last: i}
		}
		return true
	}
	return true
}

// mendFirst takes the press's report of something that was said for what it is: in
// "X's remarks, first reported by the Times, suggested C" X is the source. It reports
// false for what is no statement: "in the email, which was first reported by AP".
func mendFirst(a *draft.Article, s *draft.Statement) bool {
	verb := draft.None
	for i := s.Cue.First; i <= s.Cue.Last; i++ {
		if is("media", a.Words[i].Lower) {
			verb = i
		}
	}
	if verb == draft.None || len(s.Source) != 1 || len(s.Content) == 0 || s.Source[0].First < verb || !press(a, s.Source[0]) ||
		!a.Is(verb+1, "by") || s.Content[0].Last > s.Cue.First {
		return true
	}
	before := s.Content[0]
	if len(s.Content) == 1 {
		return before.Len() > 1 || !a.Is(before.First, "which")
	}
	after := s.Content[1]
	if grammar.Passive(a, draft.Run{First: before.Last, Last: verb}, verb) || len(s.Content) > 2 || !is("speak", a.Words[after.First].Lower) || after.Len() < 3 {
		return true
	}
	s.Via = append(s.Via, part(a, s.Source[0], quotedBy, 0.85))
	s.Source = s.Content[:1:1]
	s.Cue = draft.Run{First: after.First, Last: after.First}
	s.Content = []draft.Run{{First: after.First + 1, Last: after.Last}}
	return true
}

// issuer is whose the data or the report is that is cited: "data from X".
func issuer(a *draft.Article, cited draft.Run, end int) (draft.Run, bool) {
	if !files(a, cited) || !a.Is(cited.Last+1, "from") && !a.Is(cited.Last+1, "by") {
		return cited, false
	}
	r, ok := grammar.NounPhrase(a, cited.Last+2, end, true)
	return r, ok && a.NameAt(r.Last) != draft.None
}

// canBeCited reports whether a noun phrase is of somebody who knows or of a document,
// not of a reason ("citing safety concerns").
func canBeCited(a *draft.Article, r draft.Run) bool {
	for i := r.First; i <= r.Last; i++ {
		if is("paper", a.Words[i].Lower) {
			return true
		}
	}
	n := a.NameAt(r.Last)
	return n != draft.None && (a.Names[n].Class == draft.Person || a.Names[n].Class == draft.Organization)
}

// mendTails gives a quotation that is followed by "X was quoted as saying" to X from
// its beginning, and drops the statement without source that had it.
func mendTails(a *draft.Article) {
	var dropped []int
	for i := range a.Statements {
		s := &a.Statements[i]
		if len(s.Source) == 0 || len(s.Content) == 0 || !quotes(a, s.Cue) || !is("voice", a.Words[s.Cue.Last].Lower) {
			continue
		}
		first := s.Content[0].First
		if s.Content[0].Last > s.Cue.First || !a.Words[first].Quoted {
			continue
		}
		for first > 0 && a.Words[first-1].Quoted && a.Words[first-1].Paragraph == a.Words[first].Paragraph && !opening(a, first) {
			first--
		}
		s.Content[0].First = first
		for k := range a.Statements {
			t := &a.Statements[k]
			if k != i && len(t.Source) == 0 && len(t.Content) == 1 && s.Content[0].Contains(t.Content[0]) && t.Cue.Last < first {
				dropped = append(dropped, k)
			}
		}
	}
	if len(dropped) == 0 {
		return
	}
	kept := a.Statements[:0]
	for k := range a.Statements {
		if !slices.Contains(dropped, k) {
			kept = append(kept, a.Statements[k])
		}
	}
	a.Statements = kept
}

// opening reports whether word i is the mark that opens a quotation.
func opening(a *draft.Article, i int) bool {
	return a.Words[i].Lower == `"` && (i == 0 || !a.Words[i-1].Quoted || a.Words[i].Spaced)
}

// without is content without the words of a run. Pieces that have marks alone
// afterwards are left out.
func without(a *draft.Article, content []draft.Run, out draft.Run) []draft.Run {
	var kept []draft.Run
	add := func(r draft.Run) {
		for r.First <= r.Last && a.Words[r.First].Punct && a.Words[r.First].Lower != `"` {
			r.First++
		}
		for i := r.First; i <= r.Last; i++ {
			if !a.Words[i].Punct {
				kept = append(kept, r)
				return
			}
		}
	}
	for _, r := range content {
		if !r.Meets(out) {
			kept = append(kept, r)
			continue
		}
		add(draft.Run{First: r.First, Last: min(r.Last, out.First-1)})
		add(draft.Run{First: max(r.First, out.Last+1), Last: r.Last})
	}
	return kept
}

// relays reports whether the source of a statement is one that reports what others
// say: the press, or a document.
func relays(a *draft.Article, s *draft.Statement) bool {
	if press(a, s.Source[0]) || a.Words[s.Cue.First].Lower == "as" {
		return true
	}
	for i := s.Source[0].First; i <= s.Source[0].Last; i++ {
		if w := a.Words[i].Lower; is("paper", w) {
			return true
		}
	}
	return false
}

// unclear are pronouns that may mean the report's own source, or nobody.
var unclear = map[string]bool{"it": true, "they": true, "i": true, "we": true, "you": true, "who": true}
