package entry

// Join says that an Entity is the same as an identity that the record has already:
// the Entities of other articles that were joined with the one whose entry number
// the identity has.
type Join struct {
	Entity   int64 // entry
	Identity int64 // entry of the first Entity of the identity
	Reasons  []Reason
}

// Reason is a piece of evidence that two are the same.
type Reason struct {
	What  string   // "name", "alias", "known", "description", "role", "beside", "country" or "outlet"
	Words []string // which were the same
}

// reasons are the kinds of evidence as numbers.
var reasons = []string{"", "name", "alias", "known", "description", "role", "beside", "country", "outlet"}

// Encode is the body of the entry with a number: references to the entity and to the
// identity, and the reasons.
func (j Join) Encode(number int64) []byte {
	w := newWriter()
	w.uint(uint64(number - j.Entity))
	w.uint(uint64(number - j.Identity))
	w.int(len(j.Reasons))
	for _, reason := range j.Reasons {
		w.coded(reasons, reason.What)
		w.texts(reason.Words)
	}
	return w
}

// DecodeJoin reads the body of the entry with a number.
func DecodeJoin(number int64, body []byte) (j Join, err error) {
	r := newReader(body)
	j.Entity = r.back(number)
	j.Identity = r.back(number)
	j.Reasons = make([]Reason, r.count())
	for i := range j.Reasons {
		j.Reasons[i] = Reason{What: r.coded(reasons), Words: r.texts()}
	}
	return j, r.end(KindJoin)
}
