package page

import (
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"

	"onrecord/intake/markup"
)

// hint is what an element's tag and attributes say of what is in it.
type hint int

const (
	plain    hint = iota
	body          // the article's text, as its name says
	small         // a line or two about the article: byline, date, tags; no more than smallSize
	pointing      // to other articles, if there is a hyperlink in it
	foreign       // not of the article: menus, promotions
	apart         // what readers wrote: there may be more of it than of the article
	veiled        // hidden until a script shows it, if ever
	never         // not for those who read on a screen
)

// smallSize is how long, in code points, what is called a byline or a date may be
// for that to be believed.
const smallSize = 400

// hintOf judges an element by its tag, its role and the words of its class and id.
func hintOf(n *markup.Node) hint {
	switch n.Tag {
	case atom.Nav, atom.Footer, atom.Aside, atom.Dialog, atom.Menu:
		return foreign
	case atom.Label:
		return foreign
	case atom.Noscript:
		return never
	case atom.Figcaption:
		return foreign
	case atom.Html, atom.Body:
		return plain
	}
	if strings.HasPrefix(n.Name, "amp-") {
		switch n.Name {
		case "amp-sidebar", "amp-ad", "amp-social-share", "amp-consent", "amp-user-notification", "amp-lightbox", "amp-embed", "amp-sticky-ad":
			return never
		}
	}
	at := plain
	for _, a := range n.Attr {
		switch a.Name {
		case "hidden":
			if !strings.EqualFold(a.Value, "until-found") {
				at = max(at, veiled)
			}
		case "style":
			if hides(a.Value) {
				at = max(at, veiled)
			}
		case "aria-hidden":
			if strings.EqualFold(a.Value, "true") {
				at = max(at, foreign)
			}
		case "role":
			switch strings.ToLower(strings.TrimSpace(a.Value)) {
			case "navigation", "complementary", "contentinfo", "banner", "search", "dialog", "alertdialog", "menu", "menubar",
				"toolbar", "tablist", "tooltip", "button":
				at = max(at, foreign)
			}
		case "itemprop":
			for word := range strings.FieldsSeq(a.Value) {
				switch strings.ToLower(word) {
				case "articlebody", "reviewbody":
					return body
				case "author", "publisher", "datepublished", "datemodified", "keywords":
					at = max(at, small)
				case "comment", "caption":
					at = max(at, foreign)
				}
			}
		case "itemtype":
			switch a.Value[strings.LastIndexByte(a.Value, '/')+1:] {
			case "WPSideBar", "WPFooter", "WPHeader", "SiteNavigationElement", "Comment", "UserComments", "WPAdBlock", "BreadcrumbList":
				at = max(at, foreign)
			}
		case "class", "id", "data-component", "data-testid", "data-module", "data-type", "data-qa", "data-block":
			at = max(at, named(a.Value))
		}
	}
	return at
}

// silent reports whether an element has no text of its own to read: a control, a
// film, what is said to programs.
func silent(n *markup.Node) bool {
	switch n.Tag {
	case atom.Button, atom.Select, atom.Option, atom.Optgroup, atom.Input, atom.Datalist, atom.Progress, atom.Meter, atom.Audio,
		atom.Video, atom.Object, atom.Embed, atom.Applet, atom.Canvas, atom.Map, atom.Script, atom.Title:
		return true
	}
	return false
}

// hides reports whether a style makes what it is set on invisible.
func hides(style string) bool {
	style = strings.ToLower(strings.ReplaceAll(style, " ", ""))
	return strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
}

// named judges the words of a class or an id.
func named(value string) hint {
	at := plain
	for name := range strings.FieldsSeq(value) {
		if len(name) > 120 {
			continue // made by a tool, and of no words
		}
		if strings.HasPrefix(name, "category-") || strings.HasPrefix(name, "tag-") {
			continue // what the article is about, as blogs write it into its element
		}
		if h, ok := nameHints[strings.ToLower(name)]; ok {
			at = max(at, h)
		}
		at = max(at, judge(split(name)))
	}
	return at
}

// judge looks up the words of one name, alone and in pairs.
func judge(words []string) hint {
	at := plain
	for i, w := range words {
		// "has-sidebar", "no-comments", "with-ads": about the page, not of the element.
		if i > 0 && (words[i-1] == "has" || words[i-1] == "no" || words[i-1] == "with" || words[i-1] == "without" || words[i-1] == "is" || words[i-1] == "not") {
			continue
		}
		if h, ok := wordHints[w]; ok {
			at = max(at, h)
		}
		if i > 0 {
			if h, ok := pairHints[words[i-1]+" "+w]; ok {
				if h == body && at > small {
					continue
				}
				at = max(at, h)
			}
		}
	}
	return at
}

// split cuts a name into its words, in lower case: at what is no letter and where
// a capital follows a small letter.
func split(name string) []string {
	var words []string
	start := -1
	previous := rune(0)
	for i, c := range name {
		letter := unicode.IsLetter(c)
		if start >= 0 && (!letter || unicode.IsUpper(c) && unicode.IsLower(previous)) {
			words = append(words, strings.ToLower(name[start:i]))
			start = -1
		}
		if letter && start < 0 {
			start = i
		}
		previous = c
	}
	if start >= 0 {
		words = append(words, strings.ToLower(name[start:]))
	}
	return words
}

// wordHints are words in the names of elements that are enough by themselves.
var wordHints = words(map[hint]string{
	foreign: `share sharing shares sharedaddy sharebar addthis addtoany social socials socialmedia outbrain taboola zergnet
		newsletter newsletters signup optin subscribe subscription subscriptions subscriber advert adverts advertisement
		advertisements advertising ad ads adsense adslot adunit adwrapper sponsor sponsors sponsored commercial comment
		comments commentlist commentary disqus livefyre respond footer colophon sidebar sidebars rail breadcrumb
		breadcrumbs menu menus submenu nav navi navbar navigation navlinks popup popups modal overlay lightbox cookie
		cookies cookiebar consent gdpr caption captions figcaption pagination pager paging login signin paywall donate
		donation donations slideshow noprint toolbar skiplink disclaimer disclosure disclosures copyright toast banner
		pullquote breakout mailchimp feedback reactions printfriendly pingback trackback masthead sitemap infobox
		tooltip editsection metadata catlinks navbox authorbox reference references reflist shoutbox contactform cta`,
	pointing: `related recommended recommendation recommendations recirc recirculation promo promos promotion promoted promobox teaser teasers
		trending popular mostread mostpopular readmore morefrom seealso alsoread furtherreading crosslinks linklist linkbox nextstory nextpost prevpost carousel`,
	small: `byline bylines author authors bio authorinfo meta entrymeta postmeta date dates dateline timestamp time published pubdate updated
		tag tags taglist credit credits kicker eyebrow category categories readtime views likes rating ratings
		breadcrumbs counter photocredit follow contributor contributors avatar vcard subnav utility tools actions published postedon label`,
	body: `articlebody articlecontent articletext storybody storycontent storytext postcontent postbody entrycontent maincontent
		bodytext bodycopy`,
})

// nameHints are whole names. As parts of names their words mean little: a page
// builder calls each paragraph a widget, "overflow-hidden" hides nothing.
var nameHints = words(map[hint]string{
	foreign: `widget widgets widget-area wp-caption-text jp-relatedposts`,
	veiled:  `hidden invisible`,
	never:   `sr-only visually-hidden visuallyhidden screen-reader-text is-hidden`,
	apart: `comments comment-list commentlist comments-area comments-section comment-section comments-container disqus_thread respond
		comments-wrapper comment-respond comments-list comment-thread`,
})

// pairHints are two words that follow each other in a name.
var pairHints = pairs(map[hint]string{
	pointing: `read_more read_next read_also more_from more_on more_news more_stories more_articles see_also also_read
		up_next you_may most_read most_popular most_viewed top_stories latest_news latest_posts recent_posts next_post
		prev_post next_up related_posts link_list links_list further_reading more_like inline_promo in_article
		cross_promo`,
	foreign: `post_nav post_navigation author_bio author_box author_info about_author about_the author_description
		image_description image_caption wp_caption caption_text photo_caption media_caption video_player video_embed
		sign_up log_in call_to to_action site_header page_header global_header main_header header_top top_bar
		bottom_bar site_info post_footer article_footer entry_footer story_footer tweet_embed in_this on_this table_of
		jump_links skip_link page_tools article_tools story_tools back_to to_top text_ad load_more support_us
		contact_us follow_us newsletter_form print_only only_print post_author author_profile article_author
		recent_comments comment_form trackback_url user_comments`,
	body: `article_body article_content article_text story_body story_content story_text post_content post_body entry_content
		content_body article_main body_content post_text news_content news_body news_text page_content main_content rich_text body_copy
		post_entry blog_content blog_post single_content`,
	small: `entry_meta post_meta article_meta posted_on read_time reading_time`,
})

func words(by map[hint]string) map[string]hint {
	all := map[string]hint{}
	for h, list := range by {
		for word := range strings.FieldsSeq(list) {
			all[word] = max(all[word], h)
		}
	}
	return all
}

// pairs is words for names of two, which the lists join with "_".
func pairs(by map[hint]string) map[string]hint {
	all := map[string]hint{}
	for pair, h := range words(by) {
		all[strings.ReplaceAll(pair, "_", " ")] = h
	}
	return all
}
