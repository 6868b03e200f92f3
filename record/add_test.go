package record_test

import (
	"testing"

	"onrecord/record"
)

func TestTextKey(t *testing.T) {
	t.Parallel()
	const text = "“It’s over,” he said — twice.\n\nThen 5\u00a0km on.\n"
	for _, same := range []string{
		text,
		"\uFEFF" + text,
		"\"It's over,\" he said - twice. Then 5 km on.",
		"“IT’S OVER,” HE SAID — TWICE.\r\n\r\n  THEN 5 KM ON.",
		"“It’s o\u00adver,” he said – twice.\tThen 5 km on.",
	} {
		if record.TextKey(same) != record.TextKey(text) {
			t.Errorf("%q has another key than %q", same, text)
		}
	}
	for _, other := range []string{
		"", "“It’s over,” she said — twice.\n\nThen 5 km on.\n", "“It’s over,” he said — twice.\n\nThen 50 km on.\n",
		"“It’s over,” he said — twice.\n\nThen 5km on.\n",
	} {
		if record.TextKey(other) == record.TextKey(text) {
			t.Errorf("%q has the key of %q", other, text)
		}
	}
}
