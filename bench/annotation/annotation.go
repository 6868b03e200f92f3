// Package annotation holds articles annotated by hand with who is behind each
// statement, without their texts, which belong to others: offsets, and the SHA-256
// of each text. package corpus reads it and says what the fields are.
//
// train.jsonl and measure.jsonl are stretches of newswire and of PolNeAR's training
// articles that are rich in relays, replies and passives, an article a line: the
// one to learn and to write rules from, the other to measure on. second.jsonl is a
// part of both, read anew. seed.json is one article, read whole, statement by
// statement. README.md says how they came about.
package annotation

import "embed"

// Files are the annotations.
//
//go:embed *.json*
var Files embed.FS
