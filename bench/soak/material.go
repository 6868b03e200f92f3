package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"onrecord/bench/small"
)

// makeMaterial makes a folder with so many articles: a third in files of their own, a
// third in a table, a third in a web archive. Some stand there twice.
func makeMaterial(dir string, articles int) error {
	if err := os.MkdirAll(filepath.Join(dir, "files"), 0o700); err != nil {
		return err
	}
	third := articles / 3
	for n := range third {
		if err := os.WriteFile(filepath.Join(dir, "files", fmt.Sprintf("%06d.txt", n)), []byte(small.Text(n)), 0o600); err != nil {
			return err
		}
	}
	var rows, archive bytes.Buffer
	// The first tenth of the table is in the files, too: the same articles, elsewhere.
	if err := small.Rows(&rows, third-third/10, 2*third-third/10); err != nil {
		return err
	}
	for n := 2 * third; n < articles; n++ {
		if err := warcRecord(&archive, n); err != nil {
			return err
		}
	}
	return errors.Join(
		os.WriteFile(filepath.Join(dir, "rows.jsonl"), rows.Bytes(), 0o600),
		os.WriteFile(filepath.Join(dir, "crawl.warc.gz"), archive.Bytes(), 0o600),
	)
}

// warcRecord writes the n-th article as a page in a record that is zipped by itself.
func warcRecord(to *bytes.Buffer, n int) error {
	paragraphs := strings.ReplaceAll(strings.TrimSpace(small.Text(n)), "\n\n", "</p>\n<p>")
	page := fmt.Sprintf("<!DOCTYPE html><html lang=\"en\"><head><title>Item %d</title></head><body><article><h1>Item %d on the list</h1>\n<p>%s</p></article></body></html>", n, n, paragraphs)
	http := "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
	w := gzip.NewWriter(to)
	_, err := fmt.Fprintf(w, "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:%d>\r\nWARC-Date: 2026-05-01T10:00:00Z\r\nWARC-Target-URI: https://example.org/%d\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", n, n, len(http), http)
	return errors.Join(err, w.Close())
}
