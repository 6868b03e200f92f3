package entities_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"onrecord"
	"onrecord/extract/draft"
	"onrecord/extract/draft/drafttest"
	"onrecord/extract/entities"
)

// marked is the draft of a text whose names are marked as [P Xi Jinping]: P person,
// O organisation, L place, N nationality, M other, D date.
func marked(tb testing.TB, text string) *draft.Article {
	tb.Helper()
	classes := map[byte]draft.Class{
		'P': draft.Person, 'O': draft.Organization, 'L': draft.Location, 'N': draft.Nationality, 'M': draft.Misc, 'D': draft.Date,
	}
	type name struct {
		class      draft.Class
		start, end int
	}
	var plain strings.Builder
	var names []name
	for {
		before, rest, found := strings.Cut(text, "[")
		plain.WriteString(before)
		if !found {
			break
		}
		inner, after, _ := strings.Cut(rest, "]")
		class, ok := classes[inner[0]]
		if !ok {
			tb.Fatalf("no class in [%s]", inner)
		}
		start := len([]rune(plain.String()))
		plain.WriteString(inner[2:])
		names = append(names, name{class, start, len([]rune(plain.String()))})
		text = after
	}
	a := drafttest.New(tb, plain.String()).Article
	for _, n := range names {
		r := draft.Run{First: -1}
		for i, w := range a.Words {
			if n.start < w.End && w.Start < n.end {
				if r.First < 0 {
					r.First = i
				}
				r.Last = i
			}
		}
		a.Names = append(a.Names, draft.Name{Run: r, Class: n.class, Confidence: 0.9})
	}
	return a
}

// found is the draft with its entities.
func found(tb testing.TB, text string) *draft.Article {
	tb.Helper()
	a := marked(tb, text)
	entities.Find(a, new(entities.Book))
	check(tb, a)
	return a
}

// check holds what is true of every result.
func check(tb testing.TB, a *draft.Article) {
	tb.Helper()
	for i, n := range a.Names {
		if n.Entity == draft.None {
			if n.Class != draft.Date && n.Class != draft.Money {
				tb.Errorf("name %q is of no entity", a.Phrase(n.Run))
			}
			continue
		}
		if !slices.ContainsFunc(a.Entities[n.Entity].Mentions, func(m draft.Mention) bool { return m.Run.Meets(n.Run) }) {
			tb.Errorf("name %d is no mention of its entity %q", i, a.Entities[n.Entity].Name)
		}
	}
	for _, e := range a.Entities {
		last := -1
		if e.Name == "" || e.Type == "" {
			tb.Errorf("entity %+v without name or type", e)
		}
		for _, m := range e.Mentions {
			if m.Run.First <= last || m.Run.Last < m.Run.First || m.Run.Last >= len(a.Words) || !m.Run.Has(m.Head) {
				tb.Errorf("entity %q: mention %+v after word %d", e.Name, m, last)
			}
			last = m.Run.First
		}
		if slices.Contains(e.Aliases, e.Name) {
			tb.Errorf("entity %q is its own alias", e.Name)
		}
	}
}

// list is a line an entity: type, name, aliases, descriptions and number of
// mentions, such as `person Xi Jinping = Xi : President x2`.
func list(a *draft.Article) string {
	var b strings.Builder
	for _, e := range a.Entities {
		fmt.Fprintf(&b, "%s %s", e.Type, e.Name)
		if len(e.Aliases) > 0 {
			fmt.Fprintf(&b, " = %s", strings.Join(e.Aliases, ", "))
		}
		if len(e.Descriptions) > 0 {
			fmt.Fprintf(&b, " : %s", strings.Join(e.Descriptions, "; "))
		}
		fmt.Fprintf(&b, " x%d\n", len(e.Mentions))
	}
	return strings.TrimSpace(b.String())
}

func TestFind(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, want string }{
		"surname after full name, title off": {
			"President [P Xi Jinping] spoke. [P Xi] left. Mr. [P Xi]’s car left.",
			"person Xi Jinping = Xi : President x3",
		},
		"surname before full name": {
			"[P Xi] vows more. President [P Xi Jinping] said so.",
			"person Xi Jinping = Xi : President x2",
		},
		"title inside the name": {
			"[P President Xi Jinping] met [P Dr. Hugh Hill]. [P Datuk Seri Anwar Ibrahim] did not.",
			"person Xi Jinping x1\nperson Hugh Hill x1\nperson Anwar Ibrahim x1",
		},
		"a name that looks like a title": {
			"Station director [P Tan Lien (譚廉)] spoke. [P Tan] agreed.",
			"person Tan Lien = Tan, 譚廉 : Station director x3",
		},
		"own script in brackets": {
			"[P Tan Lien] (譚廉) spoke. [P Tan] agreed.",
			"person Tan Lien = Tan, 譚廉 x3",
		},
		"particles": {
			"Crown Prince [P Mohammed bin Salman] met [P José de la Sota] and [P Abdel Fattah el-Sisi] with [P Emily van Wyk]. [P Bin Salman] and [P De la Sota] agreed, [P Al-Sisi] and [P Van Wyk] did not. [P Sisi] left.",
			"person Mohammed bin Salman = Bin Salman x2\nperson José de la Sota = De la Sota x2\n" +
				"person Abdel Fattah el-Sisi = Al-Sisi, Sisi x3\nperson Emily van Wyk = Van Wyk x2",
		},
		"a sheikh is called by the given name": {
			"The Crown Prince Sheikh [P Mishal Al-Jaber Al-Sabah] and Sheikh [P Sabah Al-Khaled Al-Sabah] met. Sheikh [P Sabah] resigned.",
			"person Mishal Al-Jaber Al-Sabah x1\nperson Sabah Al-Khaled Al-Sabah = Sabah x2",
		},
		"apposition before what somebody is doing": {
			"[P Mohammed Al Baker], CEO of [O Alford Hughes] commenting on the sale, spoke. [P Ariel Varela], leader of the so-called [O Indignant Opposition], left. [P Jo Lane], head of the [O UN] peacekeeping mission, stayed.",
			"person Mohammed Al Baker : CEO of Alford Hughes x1\norganization Alford Hughes x1\nperson Ariel Varela : leader of the so-called Indignant Opposition x1\n" +
				"organization Indignant Opposition x1\nperson Jo Lane : head of the UN peacekeeping mission x1\norganization United Nations = UN x1",
		},
		"a title that is a given name too": {
			"[P Rachel Kyte], dean of the school, spoke. [P Dean Kyte] agreed.",
			"person Rachel Kyte = Kyte : dean of the school x2",
		},
		"a given name that is a title too": {
			"[P Ann Kyte] spoke. [P Dean Kyte] agreed.",
			"person Ann Kyte x1\nperson Dean Kyte x1",
		},
		"a company once taken for a person": {
			"[O Alford Hughes] announced a sale. [P Alford Hughes] is a company. [O Alford Hughes] grew.",
			"organization Alford Hughes x3",
		},
		"a person once taken for a company": {
			"[P Dolly Parton] sang. [O Dolly Parton] smiled. Ms [P Dolly Parton] left.",
			"person Dolly Parton x3",
		},
		"short name in brackets that is no acronym": {
			"The [O South African Wind Energy Association] ([O Sawea]) left. [O Sawea] spoke. The [O South African Broadcasting Corporation] ([O Reuters]) stayed.",
			"organization South African Wind Energy Association = Sawea x3\norganization South African Broadcasting Corporation x1\norganization Reuters x1",
		},
		"apposition before another person": {
			"[P Zhang Jun], president of [O Badminton Club] and [P Ana Silva], signed.",
			"person Zhang Jun : president of Badminton Club x1\norganization Badminton Club x1\nperson Ana Silva x1",
		},
		"king and crown prince": {
			"Crown Prince [P Mohammed bin Salman] spoke. King [P Salman] listened. Later King [P Salman] left with [P bin Salman].",
			"person Mohammed bin Salman = bin Salman x2\nperson King Salman = Salman x2",
		},
		"family name first, spellings of the given name": {
			"[P Yoon Suk-yeol] spoke. [P Yoon Suk Yeol] left. [P Yoon] ate. [P Moon Jae-in] slept, [P Moon] said.",
			"person Yoon Suk-yeol = Yoon Suk Yeol, Yoon x3\nperson Moon Jae-in = Moon x2",
		},
		"first name alone": {
			"[P Kin Phea], a fellow at [O Bank of Asia], spoke. [P Phea] added.",
			"person Kin Phea = Phea : a fellow at Bank of Asia x2\norganization Bank of Asia x1",
		},
		"diacritics, capitals, a letter apart": {
			"[P ALBERTO FERNANDEZ] WARNS\n\n[P Alberto Fernández] warned. [P Mohammed Omar] did too, and [P Mohamed Omar] again. [P Haulyondjaba] and [P Haulyondjaba] met [P Haulyodjaba].",
			"person Alberto Fernández x2\nperson Mohammed Omar = Mohamed Omar x2\nperson Haulyondjaba = Haulyodjaba x3",
		},
		"not a letter apart": {
			"[P Daniel Ortega] and [P Daniela Ortega], [P Mario Lopez] and [P Maria Lopez], [P Rajesh Gupta] and [P Ramesh Gupta].",
			"person Daniel Ortega x1\nperson Daniela Ortega x1\nperson Mario Lopez x1\nperson Maria Lopez x1\nperson Rajesh Gupta x1\nperson Ramesh Gupta x1",
		},
		"initials": {
			"[P J. K. Rowling] wrote. [P Joanne K. Rowling] read. [P Rowling] slept.",
			"person Joanne K. Rowling = J. K. Rowling, Rowling x3",
		},
		"honorific of another gender": {
			"[P John Smith], a doctor, and his wife [P Ann Smith] left. Ms [P Ann Smith] wept. Mr. [P Smith] spoke; Mrs. [P Smith] did not.",
			"person John Smith = Smith : a doctor x2\nperson Ann Smith = Smith : wife x3",
		},
		"brothers who share a surname": {
			"The [P Gupta] brothers fled. [P Rajesh] and [P Atul Gupta] were held. The [P Guptas] appealed.",
			"group Gupta brothers = Guptas x2\nperson Rajesh Gupta = Rajesh x1\nperson Atul Gupta x1",
		},
		"no brothers": {
			"[P Modi] and [P Joe Biden] met.",
			"person Modi x1\nperson Joe Biden x1",
		},
		"the one whom the article is about, and kin": {
			"[P Shinzo Abe] was shot. [P Abe] died. [P Abe] was 67. His father, [P Shintaro Abe], had led before.\n\n[P Abe] had led for years.",
			"person Shinzo Abe = Abe x4\nperson Shintaro Abe : father x1",
		},
		"unrelated people of one family name": {
			"[P Kim Dae-ki] spoke. [P Kim] left. [P Kim Ki-hyun] came.\n\n[P Kim] stayed.",
			"person Kim Dae-ki = Kim x2\nperson Kim Ki-hyun = Kim x2",
		},
		"named like a place": {
			"[P Michael Jordan] visited [L Jordan]. Mr. [L Jordan] liked it. [L Jordan] is dry. [P Giorgia Meloni] met [P Georgia] officials.",
			"person Michael Jordan = Jordan x2\nplace Jordan x2\nperson Giorgia Meloni x1\nplace Georgia x1",
		},
		"named like a paper": {
			"The [O Guardian] said so. [P Guardian] readers know. [P Ann Guardian] does not.",
			"organization Guardian x1\nperson Ann Guardian = Guardian x2",
		},
		"acronym in brackets": {
			"the [O UN Children's Fund] ([O UNICEF]), and the [O UN High Commissioner for Refugees] (UNHCR). [O UNICEF] paid, [O UNHCR] did not.",
			"organization UN Children's Fund (UNICEF) = UN Children's Fund, UNICEF x3\norganization UN High Commissioner for Refugees (UNHCR) = UN High Commissioner for Refugees, UNHCR x3",
		},
		"name in brackets after acronym": {
			"[O UNICEF] ([O UN Children's Fund]) paid. [O UNICEF] left.",
			"organization UN Children's Fund = UNICEF x3",
		},
		"acronym without introduction": {
			"The [O NPC] met. [N Chinese] law comes from [L China]'s legislature, the [O National People's Congress]. [O CIBC] is the [O Canadian Imperial Bank of Commerce].",
			"organization National People's Congress = NPC : China's legislature x2\ngroup Chinese x1\nplace China x1\norganization Canadian Imperial Bank of Commerce = CIBC x2",
		},
		"ministries": {
			"the [O Ministry of Education] and the [O Education Ministry]; [L China]'s [O Foreign Ministry], [N Japanese] [O Foreign Ministry]; the [O Foreign Ministry].",
			"organization Ministry of Education = Education Ministry x2\nplace China x1\norganization Foreign Ministry x1\ngroup Japanese x1\norganization Foreign Ministry x2",
		},
		"short form of a body": {
			"Rights group [O Amnesty International] spoke. [O Amnesty] left. The [O National Assembly] met; the [O Assembly] rose. The [O World Bank] and [O World Athletics] paid.",
			"organization Amnesty International = Amnesty : Rights group x2\norganization National Assembly = Assembly x2\norganization World Bank x1\norganization World Athletics x1",
		},
		"other names": {
			"[O Facebook], formerly known as [O The Facebook Face], [P Kyaw Min Yu], better known as [P Jimmy], and [L Khotan], also [L Hotan]. [P Jimmy] sang in [L Hotan].",
			"organization Facebook = Facebook Face x2\nperson Kyaw Min Yu = Jimmy x3\nplace Khotan = Hotan x3",
		},
		"places in brackets": {
			"[L Khotan] ([L Hotan] / [L Hetian]) and [L Springfield] ([L Illinois]).",
			"place Khotan = Hotan, Hetian x3\nplace Springfield x1\nplace Illinois x1",
		},
		"a bracket that is no other name": {
			"[P Lionel Messi] ([L Argentina]) met [P Kylian Mbappe] ([D 2018]). [L France], now [L Italy].",
			"person Lionel Messi x1\nplace Argentina x1\nperson Kylian Mbappe x1\nplace France x1\nplace Italy x1",
		},
		"country in its forms": {
			"The [L People's Republic of China], [L PRC] or [L China]. [L Timor-Leste]. The [L US], [L U.S.] and [L America]; the [L United States]. [N Americans] and an [N American]. [L UAE]. The [O UN].",
			"place China = People's Republic of China, PRC x3\nplace Timor-Leste x1\nplace United States = US, U.S., America x4\ngroup Americans = American x2\nplace United Arab Emirates = UAE x1\norganization United Nations = UN x1",
		},
		"dateline": {
			"[L YANGON], [D May 4] - [L Rakhine State] is in [L Myanmar]. [L Rakhine] burns.",
			"place Yangon = YANGON x1\nplace Rakhine State = Rakhine x2\nplace Myanmar x1",
		},
		"government by its noun": {
			"The [N Chinese] government, [L China]'s government and the government of [L China].",
			"group Chinese x1\norganization Government of China = Chinese government, China's government, government of China x3\nplace China x2",
		},
		"documents": {
			"The [M Paris Agreement] and the [M Charter of the United Nations] bind; [M Covid-19] does not.",
			"document Paris Agreement x1\ndocument Charter of the United Nations x1\nunknown Covid-19 x1",
		},
		"descriptions before": {
			"[N Cambodian] Prime Minister Samdech Techo [P Hun Sen] met [O UN] official [P Michelle Bachelet]; the organization's Secretary-General [P Agnes Callamard] saw US Secretary of State [P Antony Blinken], [N Chinese] state broadcaster [O CCTV] reported.",
			"group Cambodian x1\nperson Hun Sen : Cambodian Prime Minister x1\norganization United Nations = UN x1\nperson Michelle Bachelet : UN official x1\n" +
				"person Agnes Callamard : the organization's Secretary-General x1\nperson Antony Blinken : US Secretary of State x1\ngroup Chinese x1\norganization CCTV : Chinese state broadcaster x1",
		},
		"descriptions after": {
			"[P Hugh Hill], a doctor, said. [P Kyaw Zaw], the spokesman of the president’s office, told [O Reuters]. [P Ned Price], who left, met [P Ann Lee], 53, and [P Bo Li], [P Xi Jinping].",
			"person Hugh Hill : a doctor x1\nperson Kyaw Zaw : the spokesman of the president’s office x1\norganization Reuters x1\nperson Ned Price x1\nperson Ann Lee x1\nperson Bo Li x1\nperson Xi Jinping x1",
		},
		"verbs are no descriptions": {
			"Police suspect [P Ann Lee]. They accused [P Bo Li] and want to kill former President [P Max Roe]. They put [N Honduran] coach [P Luis Pinto] on trial.",
			"person Ann Lee x1\nperson Bo Li x1\nperson Max Roe : former President x1\ngroup Honduran x1\nperson Luis Pinto : Honduran coach x1",
		},
		"descriptions before a comma": {
			"An activist group, the [O Prisoners Union] (PU), spoke. After talks with the president, [P Xi] left.",
			"organization Prisoners Union (PU) = Prisoners Union, PU : activist group x2\nperson Xi x1",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := list(found(t, c.text)); got != c.want {
				t.Errorf("%s\ngot\n%s\nwant\n%s", c.text, got, c.want)
			}
		})
	}
}

func TestFindWithoutNames(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "Nobody said a word.", "In [D May] it rained."} {
		if a := found(t, text); len(a.Entities) != 0 {
			t.Errorf("%q has entities %v", text, a.Entities)
		}
	}
}

func TestBookGoesOnInTheNextSection(t *testing.T) {
	t.Parallel()
	var book entities.Book
	one := marked(t, "[L Beijing] woke. President [P Xi Jinping] and [O Bank of Asia] ([O BoA]) spoke. [P Bukele] slept.")
	entities.Find(one, &book)
	check(t, one)
	numbers := map[string]int{}
	for i, e := range one.Entities {
		numbers[e.Name] = book.Number(i)
	}
	two := marked(t, "[P Xi] and [O BoA] met [P Nayib Bukele] and [P Ann Lee].")
	entities.Find(two, &book)
	check(t, two)
	const want = "person Xi Jinping = Xi : President x1\norganization Bank of Asia (BoA) = Bank of Asia, BoA x1\nperson Nayib Bukele = Bukele x1\nperson Ann Lee x1"
	if got := list(two); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for i, name := range []string{"Xi Jinping", "Bank of Asia (BoA)", "Bukele"} {
		if got, want := book.Joined(book.Number(i)), book.Joined(numbers[name]); got != want {
			t.Errorf("%s has number %d in the second section, %d in the first", name, got, want)
		}
	}
	if e := book.Entity(numbers["Bukele"]); e.Name != "Nayib Bukele" || e.Type != onrecord.Person {
		t.Errorf("Bukele of the first section is %+v", e)
	}
}

func TestGovernment(t *testing.T) {
	t.Parallel()
	a := marked(t, "[L Beijing] said no. The [N Chinese] government agreed. [L Shanghai] slept, [L Brussels] and the [O EU] did not. [L Beijing] left.")
	var book entities.Book
	entities.Find(a, &book)
	want := []string{"Government of China", "Government of China", "", "European Union", "European Union", "Government of China"}
	for i := range a.Names {
		e := book.Government(a, i)
		name := ""
		if e != draft.None {
			name = a.Entities[e].Name
		}
		// The European Union is no country's government, but is what it is.
		if i == 4 {
			if name != "" {
				t.Errorf("the EU stands for %q", name)
			}
			continue
		}
		if name != want[i] {
			t.Errorf("%q stands for %q, want %q", a.Phrase(a.Names[i].Run), name, want[i])
		}
		if again := book.Government(a, i); again != e {
			t.Errorf("asked again, %q stands for %d, not %d", a.Phrase(a.Names[i].Run), again, e)
		}
	}
	china := book.GovernmentOf(a, "China")
	e := a.Entities[china]
	if e.Type != onrecord.Organization || len(e.Mentions) != 3 || !slices.Contains(e.Aliases, "Beijing") {
		t.Fatalf("Government of China is %+v", e)
	}
	for i, how := range []draft.How{draft.ByMetonym, draft.ByNoun, draft.ByMetonym} {
		if e.Mentions[i].How != how {
			t.Errorf("mention %d is %v, want %v", i, e.Mentions[i].How, how)
		}
	}
	check(t, a)
}

// TestManyNames has fifty thousand names that are alike in every way by which
// names are found. Compared pair by pair they would take hours.
func TestManyNames(t *testing.T) {
	t.Parallel()
	n := 50_000
	if testing.Short() {
		n = 2000
	}
	var text strings.Builder
	type at struct{ start, end int }
	var names []at
	word := 0
	for i := range n {
		name := fmt.Sprintf("Gupta%c%c Mohammed%d", 'a'+i%26, 'a'+i/26%26, i%5000)
		if i%3 == 0 {
			name = "Mohammedi" + string(rune('a'+i%26))
		}
		fmt.Fprintf(&text, "%s said so. ", name)
		words := len(strings.Fields(name))
		names = append(names, at{word, word + words - 1})
		word += words + 3 // "said", "so", "."
	}
	a := drafttest.New(t, text.String()).Article
	for _, m := range names {
		a.Names = append(a.Names, draft.Name{Run: draft.Run{First: m.start, Last: m.end}, Class: draft.Person, Confidence: 1})
	}
	begun := time.Now()
	entities.Find(a, new(entities.Book))
	t.Logf("%d names: %v", n, time.Since(begun))
	if len(a.Entities) == 0 || a.Names[n-1].Entity == draft.None {
		t.Error("the names are of no entities")
	}
}

func FuzzFind(f *testing.F) {
	f.Add("President Xi Jinping (CCTV) said, also known as Xi's (A / B), the Gupta brothers Ajay, Rajesh and Atul Gupta.", uint64(0x9249249249249249))
	f.Add("U.S. (US), 'Mr. ' Jordan-", uint64(77))
	f.Fuzz(func(t *testing.T, text string, bits uint64) {
		a := drafttest.New(t, text).Article
		for i := 0; i < len(a.Words); {
			n := int(bits & 3)
			class := draft.Class(bits >> 2 % draft.Classes)
			bits = bits>>5 | bits<<59
			if n > 0 {
				last := min(i+n-1, len(a.Words)-1)
				for a.Words[last].Paragraph != a.Words[i].Paragraph {
					last--
				}
				a.Names = append(a.Names, draft.Name{Run: draft.Run{First: i, Last: last}, Class: class, Confidence: 0.5})
			}
			i += n + 1
		}
		var book entities.Book
		entities.Find(a, &book)
		for i, n := range a.Names {
			if n.Entity != draft.None && (n.Entity < 0 || n.Entity >= len(a.Entities)) {
				t.Fatalf("name %d has entity %d of %d", i, n.Entity, len(a.Entities))
			}
			book.Government(a, i)
		}
		for _, e := range a.Entities {
			for _, m := range e.Mentions {
				if m.Run.First < 0 || m.Run.Last < m.Run.First || m.Run.Last >= len(a.Words) || !m.Run.Has(m.Head) {
					t.Fatalf("mention %+v of %q", m, e.Name)
				}
			}
		}
	})
}
