package onrecord

// EntityType is what an Entity is.
type EntityType string

// The types of an Entity.
const (
	Person       EntityType = "person"
	Organization EntityType = "organization"
	Group        EntityType = "group"
	Place        EntityType = "place"
	Document     EntityType = "document"
	Unknown      EntityType = "unknown"
)

// Entity is somebody or something that has a part in a statement of the
// Article, with every place that mentions it.
type Entity struct {
	ID           string     `json:"id"`   // unique within the article: "e1", "e2", …
	Name         string     `json:"name"` // the fullest form in the text, without title
	Type         EntityType `json:"type"`
	Descriptions []string   `json:"descriptions"`
	Aliases      []string   `json:"aliases"`
	Mentions     []Span     `json:"mentions"`
}
