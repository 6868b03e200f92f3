package people

import (
	"encoding/binary"
	"errors"
	"slices"
)

// Profile is what is known of an identity: what its sightings said, as far as a later
// one can be compared with it.
type Profile struct {
	Class     byte
	Sightings int
	first     int // days of the first and the last sighting; 0 where none has a date
	last      int
	roles     roles
	names     []string // keys of its full names, as they came
	described []uint32
	nations   []uint32
	beside    []uint32
	countries []uint32 // that its articles are about
	outlets   []uint32
}

// How much of each a Profile remembers: what came first, and of those beside it what
// came last.
const (
	maxNames     = 6
	maxDescribed = 16
	maxNations   = 4
	maxBeside    = 24
	maxCountries = 6
	maxOutlets   = 6
)

// NewProfile is that of an identity that begins with a sighting.
func NewProfile(s Sighting) *Profile {
	p := &Profile{Class: class(s.Type)}
	p.Add(s)
	return p
}

// Add notes a sighting that was joined.
func (p *Profile) Add(s Sighting) {
	p.Sightings++
	if s.Day > 0 {
		if p.first == 0 || s.Day < p.first {
			p.first = s.Day
		}
		p.last = max(p.last, s.Day)
	}
	t := s.traits()
	p.roles |= t.roles
	if all := nameForms(p.Class, s.Name); len(all) > 0 {
		if k := joinForms(all); !slices.Contains(p.names, k) && len(p.names) < maxNames && len(k) <= MaxKey {
			p.names = append(p.names, k)
		}
	}
	p.described = first(p.described, keysOf(t.described), maxDescribed)
	p.nations = first(p.nations, keysOf(t.nations), maxNations)
	p.beside = latest(p.beside, keysOf(t.beside), maxBeside)
	if s.Country != "" {
		p.countries = first(p.countries, []uint32{hash(s.Country)}, maxCountries)
	}
	if s.Outlet != "" {
		p.outlets = first(p.outlets, []uint32{hash(s.Outlet)}, maxOutlets)
	}
}

// keysOf are the keys of a set in order.
func keysOf(set map[uint32]string) []uint32 {
	keys := make([]uint32, 0, len(set))
	for k := range set {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// first adds what is new as long as there is room.
func first(kept, more []uint32, room int) []uint32 {
	for _, x := range more {
		if len(kept) < room && !slices.Contains(kept, x) {
			kept = append(kept, x)
		}
	}
	return kept
}

// latest adds what is new, and forgets what is oldest.
func latest(kept, more []uint32, room int) []uint32 {
	for _, x := range more {
		if !slices.Contains(kept, x) {
			kept = append(kept, x)
		}
	}
	return slices.Clone(kept[max(0, len(kept)-room):])
}

// Encode is the Profile in bytes: numbers as unsigned varints, hashes in four bytes,
// the lowest first.
func (p *Profile) Encode() []byte {
	b := []byte{p.Class}
	for _, n := range []int{p.Sightings, p.first, p.last, int(p.roles), len(p.names)} {
		b = binary.AppendUvarint(b, uint64(n))
	}
	for _, k := range p.names {
		b = binary.AppendUvarint(b, uint64(len(k)))
		b = append(b, k...)
	}
	for _, list := range p.lists() {
		b = binary.AppendUvarint(b, uint64(len(*list)))
		for _, x := range *list {
			b = binary.LittleEndian.AppendUint32(b, x)
		}
	}
	return b
}

func (p *Profile) lists() [5]*[]uint32 {
	return [...]*[]uint32{&p.described, &p.nations, &p.beside, &p.countries, &p.outlets}
}

// errProfile tells of bytes that Encode did not write.
var errProfile = errors.New("a profile of an identity is damaged: rebuild the index")

// DecodeProfile reads what Encode wrote.
func DecodeProfile(b []byte) (*Profile, error) {
	if len(b) == 0 {
		return nil, errProfile
	}
	p := &Profile{Class: b[0]}
	b = b[1:]
	number := func() int {
		x, n := binary.Uvarint(b)
		if n <= 0 || x > 1<<31 {
			b = nil
			return -1
		}
		b = b[n:]
		return int(x)
	}
	p.Sightings, p.first, p.last, p.roles = number(), number(), number(), roles(number())
	names := number()
	if names < 0 || names > maxNames {
		return nil, errProfile
	}
	for range names {
		n := number()
		if n < 0 || n > len(b) {
			return nil, errProfile
		}
		p.names = append(p.names, string(b[:n]))
		b = b[n:]
	}
	for _, list := range p.lists() {
		n := number()
		if n < 0 || 4*n > len(b) {
			return nil, errProfile
		}
		for range n {
			*list = append(*list, binary.LittleEndian.Uint32(b))
			b = b[4:]
		}
	}
	if len(b) > 0 {
		return nil, errProfile
	}
	return p, nil
}
