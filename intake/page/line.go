package page

import (
	"regexp"
	"strings"
	"unicode"
)

// aside reports whether a block in the midst of an article is no part of it,
// judged by its words: what points to other articles, asks to subscribe, names
// who took the picture, says who owns the text. What holds a quotation is never
// taken for one, whatever else it says.
func aside(b *block) bool {
	if b.chars > longAside {
		return false
	}
	if short := b.chars <= shortAside; short || 2*b.linked > b.chars {
		if startWords[firstWord(b.text)] && asideStarts.MatchString(b.text) || b.linked > 0 && linkedAsides.MatchString(b.text) {
			return true
		}
		if short && (b.chars <= shortLine && shortAsides.MatchString(b.text)) {
			return true
		}
	}
	return tells(b.text) && !quotes(b.text) && asides.MatchString(b.text) || disguised(b.text)
}

// firstWord is a text's first word in lower case, "#" for a number.
func firstWord(text string) string {
	text = strings.TrimLeft(text, " >»→▶•*|[(–-")
	if text != "" && text[0] >= '0' && text[0] <= '9' {
		return "#"
	}
	end := strings.IndexFunc(text, func(c rune) bool { return !unicode.IsLetter(c) })
	if end < 0 {
		end = len(text)
	}
	return strings.ToLower(text[:end])
}

// startWords are the words that asideStarts begin with: looked up first, since
// most paragraphs begin with others.
var startWords = set(`# read see watch listen hear learn view find discover also must continue continues keep related recommended further trending
	popular suggested don most editor editors you explore up in what top latest more photo photos image images picture pictures pic video videos
	graphic file photograph photographs illustration illustrations cover featured header credit credits source courtesy caption pictured getty ap
	shutterstock afp reuters epa pa istock tag tags topic topics filed category categories posted labels keywords share shares sponsored advert
	advertisement advertising tweet print email comment comments loading copy back report save leave post add story article scroll skip jump lea
	lee leer ver vea mira mire lire leia lesen siehe sehen mehr à te le también das auch contenido noticias artículos foto fotos bild bilder
	imagen crédit crédits quelle fuente`)

func set(list string) map[string]bool {
	all := map[string]bool{}
	for word := range strings.FieldsSeq(list) {
		all[word] = true
	}
	return all
}

// tells reports whether a text has one of the words that asides turn on, looked up
// first for the same reason.
func tells(text string) bool {
	text = strings.ToLower(text)
	for _, word := range tellingWords {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

var tellingWords = []string{
	"sign up", "signing up", "signed up", "subscri", "newsletter", "inbox", "alerts", "e-mail", "email", "headlines", " app", "deliver", "notification",
	"twitter", "facebook", "instagram", "whatsapp", "telegram", "linkedin", "youtube", "tiktok", "snapchat", "pinterest", "google", " on x", "threads",
	"bluesky", "social", "log in", "login", "sign in", "already ", "support ", "become a", "download", "install our", "do you ", "member", "©", "(c)",
	"copyright", "rights reserved", "must not be", "may not be", "permission", "not responsible", "views", "opinions", "affiliate", "commission",
	"compensation", "this post", "this article", "this page", "this site", "this story", "cookies", "privacy", "terms", "javascript", "blocker",
	"send us", "write to us", "contact", "got a", "have a", "got any", "have any", "got news", "hear", "submit", "published", "posted", "updated",
	"modified", "comments", "join ", "tú también", "suscr", "síguenos", "siguenos", "regístrate", "abonn", "inscrivez", "advertise with", "like recipe", "rate this",
	"was this", "the post", "sponsored by",
}

// quotes reports whether a text holds a quotation of some words.
func quotes(text string) bool {
	return quotation.MatchString(text)
}

var quotation = regexp.MustCompile(`["“„«].{12,}`)

// Lengths in code points: no aside is longer than longAside, and one that its
// beginning alone gives away is no longer than shortAside.
const (
	longAside  = 600
	shortAside = 180
	shortLine  = 120
)

// asideStarts are what lines begin with that point elsewhere or belong to a
// picture. English, and what Spanish, German, French and Portuguese papers say
// for "read also".
var asideStarts = regexp.MustCompile(`(?i)^[\s>»→▶•*|\[(–-]*(?:` + strings.Join([]string{
	`(?:read|see|watch|listen|hear|learn|view|find out)(?: (?:more|also|next|this|too|now|on|here|further|related|the full (?:story|article)|about))* ?[:|»>…–—]`,
	`(?:read|see|learn|find out|discover) more(?: (?:about|at|on|from|in|here|of|stories|news)\b.*)?[.:!…»>]*$`,
	`(?:also|must|continue|keep) read(?:ing)?(?: ?[:|»–—-].*| here.*)?$`,
	`read (?:also|next|the full (?:story|article|report|interview|piece)|full story|all (?:of )?(?:our|the)|our|it here|on)\b`,
	`(?:related|recommended|further|trending|popular|suggested|don['’]t miss|most read|editor['’]s picks?|you (?:may|might) (?:also )?(?:like|enjoy|be interested|have missed)|explore more|up next|in other news|what to read next|top stories|latest news|more (?:stories|news|coverage|articles|posts|videos))(?: (?:articles?|stor(?:y|ies)|reads?|reading|news|posts?|content|coverage|topics?|links?|videos?))?(?: ?:|$)`,
	`more (?:on|from|about|in) [^.]{1,60}(?::|$)`,
	`you (?:may|might) (?:also )?(?:like|enjoy|be interested in)\b[^.]{0,30}$`,
	`recommended for you`, `see also ?:`, `also (?:on|in|see)\b.{0,40}:`,
	`(?:photo|image|picture|pic|video|graphic|file photo|photograph|photos|images|illustration|cover image|featured image|header image)(?: ?(?:credit|by|source|courtesy|via|from|of))?s? ?[:©/]`,
	`(?:photo|image|photograph|picture|illustration|video)s? (?:by|courtesy|credit|via)\b`,
	`(?:credits?|source|courtesy|caption|pictured|getty images|ap photo|shutterstock)(?: ?[:©/]|$)`,
	`\(?(?:getty|ap|afp|reuters|epa|pa|shutterstock|istock)(?: images?| photos?)?\)?$`,
	`(?:tags?|topics?|filed under|categories|category|posted in|labels|keywords|in this (?:article|story)|shares?|sponsored(?: content)?|sponsored by[^.]{0,40}|advert(?:isement|ising)?|share (?:this|on|via|with)(?: (?:article|story|post|page|facebook|twitter|email|whatsapp|your friends|your network|others))*|tweet(?: this)?|print(?: this| recipe| article| page)?|email(?: this)?|comments?|\d+ (?:comments?|shares?|views?|likes?)|loading|copy link|back to top|report (?:a typo|an error)|save (?:article|this)|listen to this(?: article| story)?)(?: ?:.*|[.…]*)$`,
	`(?:leave a (?:comment|reply)|post a comment|add a comment|story continues (?:below|after)|article continues (?:below|after)|continues? (?:below|reading)|scroll (?:down|to)|skip (?:to|ad|advert)|jump to)\b[^.]{0,60}$`,
	`(?:lea|lee|leer|ver|vea|mira|mire|lire|leia|lesen|siehe|sehen|mehr)(?: (?:también|tambien|más|mas|aussi|também|sie|auch|zum thema|dazu|la suite))* ?[:|»–—]`,
	`(?:à lire aussi|à lire ?:|lire aussi|lea también|te puede interesar|le puede interesar|también te puede|leia também|das könnte (?:sie|dich)|auch interessant|lesen sie auch|mehr zum thema|contenido relacionado|noticias relacionadas|artículos relacionados)`,
	`(?:foto|fotos|bild|bilder|imagen|crédit|crédits|quelle|fuente) ?[:©/]`,
}, "|") + `)`)

// linkedAsides are what lines begin with that point elsewhere, if there is a
// hyperlink in them.
var linkedAsides = regexp.MustCompile(`(?i)^\W*(?:` + strings.Join([]string{
	`(?:click|tap) (?:here|on|to|through)\b`, `(?:see|read|learn|watch|listen)\b.{0,30}\bhere\b.{0,20}$`, `read (?:more|about|our|the)\b`,
	`(?:follow|like|join|find|tweet|subscribe|sign up|download|contact|email)\b`, `for more\b`, `you can (?:read|see|watch|listen|find|follow)\b`,
	`this (?:article|story|piece|post) (?:was|is|has been|originally|first|appeared)\b`, `(?:originally|first) (?:published|appeared|posted)\b`,
}, "|") + `)`)

// asides are whole sentences of publishers about themselves and their terms.
var asides = regexp.MustCompile(`(?i)` + strings.Join([]string{
	`^(?:please )?(?:follow|like|join|find|connect with|add) (?:us|me|@\w|(?:the )?\w+(?: \w+){0,3}) (?:on|at|via|in) (?:our )?(?:twitter|facebook|instagram|whatsapp|telegram|linkedin|youtube|tiktok|snapchat|pinterest|google|x\b|threads|bluesky|social)`,
	`^(?:to get|get|receive|want|never miss|don['’]t miss|stay (?:up|informed|connected|on top)|keep up)\b.{0,160}\b(?:newsletters?|inbox|alerts|by e-?mail|via e-?mail|headlines|signing up|sign up|subscrib\w+|our app|\w+ app\b|delivered|notifications)\b`,
	`^sign up\b`, `\b(?:sign|signing) up (?:to|for|here|now|today)\b.{0,80}\b(?:newsletters?|alerts|inbox)\b`,
	`^(?:subscribe|join us|log ?in|sign in|already (?:a )?(?:subscriber|member|registered)|support (?:us|our|independent|quality|local) (?:journalism|newsroom|work|reporting|site|on|by|with)|become a (?:member|subscriber|patron|supporter)|download our|install our|get our (?:\w+ ){0,3}app)\b.{0,250}$`,
	`^do you (?:want|have)\b.{0,80}\b(?:informed|tips?|story|newsletter|sign up|contact us|email)\b`,
	`\b(?:subscribe|sign up) (?:here|now|today|to (?:our|the|my) (?:\w+ ){0,3}(?:newsletter|channel|list|feed|edition)|for (?:our|the|my|free))\b`,
	`\bto (?:view|read|continue reading|access) (?:the|this) (?:full |rest of the )?(?:story|article|content)\b.{0,60}\b(?:subscri|log ?in|sign|register)`,
	`\b(?:you['’]re|you are) already a (?:subscriber|member)\b`, `^(?:first-time|new) subscribers\b`,
	`\b(?:latest|breaking) (?:stories|news)\b.{0,60}\bdownload\b`, `^(?:for [^.]{0,80} )?download (?:the|our) [^.]{0,60}\bapps?\b`,
	`^(?:©|\(c\)|copyright\b.{0,20}(?:©|\d{4}|by))`, `©\s*(?:19|20)\d\d`, `\ball rights reserved\b`, `\bcopyrighted? (?:property|material) of\b`,
	`\b(?:may|must) not be (?:published|reproduced|copied|rewritten|republished|redistributed)\b.{0,80}\b(?:without|permission|rewritten|redistributed|form)\b`,
	`\bwritten permission\b.{0,80}\b(?:reprint|reproduc|publish)`,
	`\b(?:is|are) not responsible for (?:the )?(?:opinions?|content of|views|comments|external)`,
	`\b(?:views|opinions) (?:expressed|stated)\b.{0,80}\b(?:author|writer|necessarily|solely)\b`,
	`\baffiliate (?:links?|commission|partner)`, `^.{0,80}\bwe (?:may )?(?:earn|receive)\b.{0,30}\b(?:commission|compensation)`,
	`\bthis (?:post|article|page|site|story) (?:may )?(?:contains?|includes?) (?:affiliate|references to products|links)`,
	`^(?:we|this (?:site|website)|our (?:site|website))\b.{0,40}\bcookies\b`,
	`\b(?:agree|agreeing|accept|consent|acknowledge|subject) to\b.{0,80}\b(?:privacy (?:policy|notice)|terms)\b`, `^(?:privacy policy|terms (?:of (?:use|service)|and conditions|& conditions)).{0,60}$`,
	`\b(?:read|see|view) our privacy (?:policy|notice)`, `\bgoogle privacy policy\b`,
	`\b(?:enable|turn on|activate|needs|requires?) javascript\b.{0,60}\b(?:site|page|browser|view|use|comments)`, `\b(?:disable|turn off|pause|whitelist|using an)\b.{0,40}\bad[- ]?blocker`,
	`^(?:send us|email us|write to us|contact (?:us|the (?:author|writer|reporter|editor)))\b.{0,200}$`,
	`^(?:got|have) (?:a |an |any )?(?:news|story|tips?|confidential tip|question|complaint|comment)\b.{0,120}\?.{0,160}$`,
	`\bwe (?:want|would like|['’]d like|would love|['’]d love) to hear (?:from you|what you think|your)\b`, `\bsubmit (?:your|a) (?:letter|comment|story)\b`,
	`^(?:originally |first |last )?(?:published|posted|updated|modified)(?: on| at)?:? (?:(?:mon|tue|wed|thu|fri|sat|sun)\w*,? )?(?:\d{1,2}[ ./-]|\d{4}-|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d).{0,50}$`,
	`^(?:comments are closed|no comments yet|be the first to comment|join the (?:conversation|discussion))`,
	`^(?:tú también puedes|suscríbete|suscribete|síguenos|siguenos|regístrate|abonnieren sie|abonnez-vous|inscrivez-vous|jetzt abonnieren|newsletter)`,
	`^(?:advertise with|like recipe\?|rate this|was this (?:article|page|helpful))`,
	`^the post\b.{0,200}\b(?:appeared first|first appeared) on\b`, `\bsponsored by\b.{0,60}$`,
}, "|"))

// shortAsides are single lines that stand beside a text.
var shortAsides = regexp.MustCompile(`(?i)` + strings.Join([]string{
	`^\d+ (?:min(?:ute)?s?|sec(?:ond)?s?)(?: read)?$`, `^(?:est\. )?reading time\b`, `\bmin(?:ute)?s? read$`,
	`\b(?:getty images?|shutterstock|istock(?:photo)?|ap photo|afp photo|alamy)\b.{0,30}$`,
	`^(?:pdf|epub|print) version$`, `^(?:https?://|www\.)\S+$`, `^[\w.-]+\.(?:com|org|net|co\.uk)$`, `^#\w+(?: #\w+)*$`, `^@\w+$`,
	`^(?:facebook|twitter|linkedin|whatsapp|telegram|pinterest|instagram|reddit|email|e-mail|print|copy|x|tumblr|flipboard|youtube|messenger|pocket)(?:[ ,|/]+(?:facebook|twitter|linkedin|whatsapp|telegram|pinterest|instagram|reddit|email|e-mail|print|copy|x|tumblr|flipboard|youtube|messenger|pocket|more|share))*$`,
	`^[^\p{L}\p{N}]*$`, `^(?:ad|ads|anzeige|publicidad|publicité|werbung|annonce)$`,
	`^(?:next|previous|prev|menu|search|close|home|top|login|log in|more|view all|see all|show more|load more|view gallery|expand|play|pause|replay|video|photos?|gallery)$`,
}, "|") + `|^(?i:by) \p{Lu}[\p{L}.'’-]+(?: \p{Lu}[\p{L}.'’-]+){1,3}$`)

// disguised reports whether a text is written with letters of another alphabet
// that look the same, as advertising is that hides from filters: several of its
// words mix Latin letters with Cyrillic or Greek ones.
func disguised(text string) bool {
	words, mixed := 0, 0
	for word := range strings.FieldsSeq(text) {
		latin, other := false, false
		for _, c := range word {
			switch {
			case c < 0x80:
				latin = latin || unicode.IsLetter(c)
			case unicode.In(c, unicode.Cyrillic, unicode.Greek):
				other = true
			}
		}
		words++
		if latin && other {
			mixed++
		}
	}
	return mixed >= 3 && 5*mixed > words
}
