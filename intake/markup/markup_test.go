package markup_test

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/net/html/atom"
	"pgregory.net/rapid"

	"onrecord/intake/markup"
)

// outline writes a tree: element names around what is in them, texts with a star
// where they are in a hyperlink.
func outline(n *markup.Node) string {
	if n.Name == "" {
		text := strings.TrimSpace(n.Text)
		if n.Link && text != "" {
			text += "*"
		}
		return text
	}
	parts := []string{}
	for c := range n.Children() {
		if s := outline(c); s != "" {
			parts = append(parts, s)
		}
	}
	return n.Name + "(" + strings.Join(parts, " ") + ")"
}

func TestParse(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ markup, want string }{
		"whole":             {`<!doctype html><html lang=en><head><title>A &amp; B</title></head><body><p>C</p></body></html>`, `html(title(A & B) body(p(C)))`},
		"paragraphs end":    {`<p>a<p>b<div>c</div>d`, `html(p(a) p(b) div(c) d)`},
		"lists end":         {`<ul><li>a<ul><li>b<li>c</ul><li>d</ul>e`, `html(ul(li(a ul(li(b) li(c))) li(d)) e)`},
		"definitions":       {`<dl><dt>a<dd>b<dt>c</dl>`, `html(dl(dt(a) dd(b) dt(c)))`},
		"tables end":        {`<table><tr><td>a<td>b<tr><td>c</table>d`, `html(table(tr(td(a) td(b)) tr(td(c))) d)`},
		"table in a cell":   {`<table><tr><td><table><tr><td>a</table>b</table>c`, `html(table(tr(td(table(tr(td(a))) b))) c)`},
		"void":              {`a<br>b<img src=x>c<br/>d`, `html(a br() b img() c br() d)`},
		"stray end":         {`<div>a</p>b</div></div></span>c`, `html(div(a b) c)`},
		"cell is a wall":    {`<div><table><tr><td>a</div>b</table>c</div>`, `html(div(table(tr(td(a b))) c))`},
		"bold over blocks":  {`<b>a<p>b</b>c</p>d`, `html(b(a p(b c) d))`},
		"heading's end":     {`<h2>a</h3>b`, `html(h2(a) b)`},
		"link":              {`a<a href=/x>b<b>c</b></a>d`, `html(a a(b* b(c*)) d)`},
		"anchor":            {`<a name=x>b</a>`, `html(a(b))`},
		"link not closed":   {`<a href=/x>b<a href=/y>c</a>d`, `html(a(b*) a(c*) d)`},
		"link over a block": {`<a href=/x><div>b</a>c</div>d`, `html(a(div(b* c) d))`},
		"link of a heading": {`<h2><a href="#x">a</a></h2><a href="#y">b</a>`, `html(h2(a(a)) a(b*))`},
		"scripts":           {`a<script>if (a<b) document.write("<p>")</script>b<script type="application/ld+json">{"a":"</p>"}</script>`, `html(a b script({"a":"</p>"}))`},
		"style and comment": {`<style>p > a {}</style>a<!-- <p>b</p> -->c`, `html(a c)`},
		"drawing":           {`a<svg viewBox="0 0 1 1"><title/><text>b</text></svg>c<svg/>d`, `html(a c d)`},
		"drawing not ended": {`<svg><path><p>a</p>`, `html(p(a))`},
		"template":          {`<template><p>a<template>b</template>c</template>d`, `html(d)`},
		"noscript":          {`<noscript><p>a</p></noscript>b`, `html(noscript(p(a)) b)`},
		"frames":            {`<frameset><frame src=a><frame src=b></frameset>`, `html(frameset(frame() frame()))`},
		"iframe":            {`<iframe src=x><p>a</p></iframe>b`, `html(b)`},
		"after the body":    {`<body>a</body></html>b`, `html(body(a b))`},
		"custom elements":   {`<gu-island>a<x-y>b</x-y></gu-island>c`, `html(gu-island(a x-y(b)) c)`},
		"references":        {`<i>&lt;p&gt; &eacute;&#8217;&copy</i>`, "html(i(<p> é’©))"},
		"capitals":          {`<P CLASS=A>a</P>`, `html(p(a))`},
		"cut off":           {`<p>a<b class="`, `html(p(a))`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root, err := markup.Parse(c.markup)
			if err != nil {
				t.Fatal(err)
			}
			if got := outline(root); got != c.want {
				t.Errorf("%s\nbecame %s\nwant   %s", c.markup, got, c.want)
			}
		})
	}
}

func TestParseBounds(t *testing.T) {
	t.Parallel()
	if _, err := markup.Parse("a < b"); !errors.Is(err, markup.ErrNoMarkup) {
		t.Errorf("no tag: %v", err)
	}
	if _, err := markup.Parse(strings.Repeat("<p>", markup.MaxTags+1)); !errors.Is(err, markup.ErrTooManyTags) {
		t.Errorf("too many tags: %v", err)
	}
	// Nested deeper than the limit, text stays and what is closed is closed.
	const levels = 10_000
	root, err := markup.Parse(strings.Repeat("<div>", levels) + "<p>deep</p>" + strings.Repeat("</div>", levels) + "<p>after</p>")
	if err != nil {
		t.Fatal(err)
	}
	if depth := deepest(root); depth > markup.MaxDepth+1 {
		t.Errorf("%d levels deep", depth)
	}
	if root.Last.Tag != atom.P || root.Last.Content(100) != "after" {
		t.Errorf("what follows the nest is in it: %s", outline(root.Last))
	}
	if !strings.Contains(outline(root), "deep") {
		t.Error("the text in the nest is lost")
	}
}

func deepest(n *markup.Node) int {
	most := 0
	for c := range n.Children() {
		most = max(most, deepest(c))
	}
	return most + 1
}

// What is left open in one paragraph is not opened again in each that follows, as
// the standard has it, and as makes 100 million nodes of this.
func TestATagMakesOneNode(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("<p>")
	for i := range 400 {
		b.WriteString("<b class=" + strings.Repeat("x", i) + ">")
	}
	b.WriteString("</p>" + strings.Repeat("<p>x</p>", 10_000))
	root, err := markup.Parse(b.String())
	if err != nil {
		t.Fatal(err)
	}
	elements := 0
	for range root.All() {
		elements++
	}
	if want := 1 + 1 + 400 + 10_000; elements != want {
		t.Errorf("%d elements, want %d", elements, want)
	}
}

func TestContentIsOneLineOrNothing(t *testing.T) {
	t.Parallel()
	root, err := markup.Parse("<h1> The <b>mayor</b>\n resigns<br>today<div>Now</div></h1>")
	if err != nil {
		t.Fatal(err)
	}
	if got := root.Content(100); got != "The mayor resigns today Now" {
		t.Errorf("Content = %q", got)
	}
	if got := root.Content(10); got != "" {
		t.Errorf("Content beyond its limit = %q", got)
	}
}

// sound fails where a tree is not one.
func sound(tb rapid.TB, root *markup.Node, size int) {
	tb.Helper()
	nodes := 0
	var walk func(n *markup.Node, depth int)
	walk = func(n *markup.Node, depth int) {
		nodes++
		if depth > markup.MaxDepth+1 {
			tb.Fatalf("%d levels deep", depth)
		}
		for c := range n.Children() {
			if c.Parent != n || c.Index <= n.Index {
				tb.Fatalf("a child of %s has another parent or stands before it", n.Name)
			}
			if c.Next == nil && n.Last != c {
				tb.Fatalf("the last child of %s is not its last", n.Name)
			}
			walk(c, depth+1)
		}
	}
	walk(root, 1)
	if nodes > size+2 {
		tb.Fatalf("%d nodes of %d bytes", nodes, size)
	}
	elements := 0
	for n := range root.All() {
		if n.Name == "" {
			tb.Fatal("All has a text")
		}
		elements++
	}
	if elements > nodes {
		tb.Fatalf("All has %d elements of %d nodes", elements, nodes)
	}
}

func TestTreesAreSound(t *testing.T) {
	t.Parallel()
	piece := rapid.SampledFrom(strings.Fields(`<p> </p> <div> </div> <a> </a> <b> </b> <li> <ul> </ul> <table> </table> <tr> <td> </td> <h2> </h3>
		<svg> </svg> <title> </title> <script> </script> <template> </template> <br> <dd> <x-y> </x-y> text <!-- --> <noscript> </noscript> & <select> <option>`))
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 1, 60).Draw(t, "pieces"), "")
		if root, err := markup.Parse(text); err == nil {
			sound(t, root, len(text))
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add("<!doctype html><title>a</title><p>b<b>c</p><table><td>d</table>")
	f.Add(strings.Repeat("<div><a href=x>", 300) + "a</a>")
	f.Add("<svg><title/><foreignObject><p>a</svg><template><svg></template>")
	f.Fuzz(func(t *testing.T, text string) {
		if root, err := markup.Parse(text); err == nil {
			sound(t, root, len(text))
		}
	})
}
