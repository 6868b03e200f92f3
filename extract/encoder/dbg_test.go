package encoder
import ("testing";"fmt";"encoding/json";"onrecord/extract/weights";"onrecord/extract/tensor")
func TestDbg(t *testing.T){
	file, _ := weights.Read(read(t, "tiny.weights.zst"))
	var in []struct { IDs []int32; Features [][]int }
	json.Unmarshal(read(t, "tiny.inputs.json"), &in)
	exact, quantised := floats(t, "tiny.exact.f32"), floats(t, "tiny.quantised.f32")
	m,_ := NewWith(tensor.Fastest(), file)
	at:=0
	for _,w := range in {
		tokens := Tokens{IDs: w.IDs}
		for _, f := range w.Features { values := make([]uint8, len(f)); for i, v := range f { values[i] = uint8(v) }; tokens.Features = append(tokens.Features, values) }
		g := m.Encode(m.NewWorkspace(), []Tokens{tokens})
		a,b := differences(g, exact[at:]); c,d := differences(g, quantised[at:]); e,f := differences(exact[at:at+len(g)], quantised[at:])
		fmt.Println(len(w.IDs), "exact",a,b,"quant",c,d,"between",e,f)
		at+=len(g)
	}
}
