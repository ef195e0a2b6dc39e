internal import Glibc

/// Heat map, sizes and offsets (and landmarks, which are left) on a grid of a quarter of the picture's sides.
struct CenterFaceReader: OutputReader {
    func boxes(_ outputs: [Tensor], _ frame: OutputFrame) -> [RawBox]? {
        let (width, height) = (frame.width / 4, frame.height / 4)
        let count = width * height
        guard outputs.count >= 3, outputs[0].values.count == count, outputs[1].values.count == 2 * count,
            outputs[2].values.count == 2 * count
        else { return nil }
        let (heat, sizes, offsets) = (outputs[0].values, outputs[1].values, outputs[2].values)
        var boxes: [RawBox] = []
        for place in 0..<count where heat[place] >= frame.threshold {
            let (row, column) = (Float(place / width), Float(place % width))
            let (boxHeight, boxWidth) = (exp(sizes[place]) * 4, exp(sizes[count + place]) * 4)
            let x = (column + offsets[count + place] + 0.5) * 4
            let y = (row + offsets[place] + 0.5) * 4
            boxes.append(.centered(0, min(heat[place], 1), x, y, boxWidth, boxHeight))
        }
        return boxes
    }
}
