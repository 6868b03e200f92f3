package onrecord

import "context"

// Extraction is what was read out of one article: a line of the JSONL contract.
type Extraction struct {
	Article    Article     `json:"article"`
	Entities   []Entity    `json:"entities"`
	Statements []Statement `json:"statements"`
}

// An Extractor reads the statements out of an article. It may be called from
// many goroutines at once and does not keep the article.
type Extractor interface {
	// Extract finds every statement of article.Text, in the order of the text,
	// and fails only where ctx ends first.
	Extract(ctx context.Context, article Article) (Extraction, error)
}
