// Package intake turns what comes in, as bytes, into an [onrecord.Article]: it
// names the Original by its digest and makes the Text that all spans count in.
package intake
