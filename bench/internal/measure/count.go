package measure

import "encoding/json"

// Count is what a [PRF] is made of.
type Count struct {
	Right     int // of both the predicted and the gold
	Predicted int
	Gold      int
}

func (c *Count) add(d Count) {
	c.Right += d.Right
	c.Predicted += d.Predicted
	c.Gold += d.Gold
}

// PRF is the figures; where there is nothing to divide by they are 0.
func (c Count) PRF() PRF {
	p, r := share(c.Right, c.Predicted), share(c.Right, c.Gold)
	f1 := 0.0
	if p+r > 0 {
		f1 = 2 * p * r / (p + r)
	}
	return PRF{Percent(100 * p), Percent(100 * r), Percent(100 * f1)}
}

// MarshalJSON writes the figures and what they are made of:
// {"p": …, "r": …, "f1": …, "right": …, "predicted": …, "gold": …}.
func (c Count) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		PRF

		Right     int `json:"right"`
		Predicted int `json:"predicted"`
		Gold      int `json:"gold"`
	}{c.PRF(), c.Right, c.Predicted, c.Gold})
}

// Share is so many of so many.
type Share struct{ Right, Of int }

func (s *Share) count(right bool) {
	s.Of++
	if right {
		s.Right++
	}
}

// Percent is the share, nil of nothing.
func (s Share) Percent() *Percent {
	if s.Of == 0 {
		return nil
	}
	p := Percent(float64(100*s.Right) / float64(s.Of))
	return &p
}

// String is the share in per cent without a sign, "-" of nothing.
func (s Share) String() string {
	p := s.Percent()
	if p == nil {
		return "-"
	}
	return p.String()
}

// MarshalJSON writes {"percent": …, "right": …, "of": …}; the first is null of
// nothing.
func (s Share) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Percent *Percent `json:"percent"`
		Right   int      `json:"right"`
		Of      int      `json:"of"`
	}{s.Percent(), s.Right, s.Of})
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}
