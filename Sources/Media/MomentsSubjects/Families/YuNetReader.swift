internal import Glibc

/// Twelve outputs, for grids of 8, 16 and 32 pixels: classes, objectness, boxes, and landmarks, which are left.
struct YuNetReader: OutputReader {
    func boxes(_ outputs: [Tensor], _ frame: OutputFrame) -> [RawBox]? {
        guard outputs.count >= 9 else { return nil }
        var boxes: [RawBox] = []
        for (grid, stride) in [8, 16, 32].enumerated() {
            let (columns, rows) = (frame.width / stride, frame.height / stride)
            let (classes, objects, shapes) = (outputs[grid].values, outputs[3 + grid].values, outputs[6 + grid].values)
            let count = rows * columns
            guard classes.count == count, objects.count == count, shapes.count == 4 * count else { return nil }
            let pixels = Float(stride)
            for place in 0..<count {
                let score = (min(max(classes[place], 0), 1) * min(max(objects[place], 0), 1)).squareRoot()
                guard score >= frame.threshold else { continue }
                let x = (Float(place % columns) + shapes[4 * place]) * pixels
                let y = (Float(place / columns) + shapes[4 * place + 1]) * pixels
                let (width, height) = (exp(shapes[4 * place + 2]) * pixels, exp(shapes[4 * place + 3]) * pixels)
                boxes.append(.centered(0, score, x, y, width, height))
            }
        }
        return boxes
    }
}
