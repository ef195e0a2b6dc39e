internal import Glibc

/// Encodings and scores of each grid in turn, the finest first, as TensorFlow's detection API lays out its anchors.
struct SSDReader: OutputReader {
    private struct Anchor {
        let width: Float
        let height: Float
    }

    func boxes(_ outputs: [Tensor], _ frame: OutputFrame) -> [RawBox]? {
        guard outputs.count >= 4, outputs.count.isMultiple(of: 2), outputs.count <= 16 else { return nil }
        let grids = outputs.count / 2
        var boxes: [RawBox] = []
        for grid in 0..<grids {
            let (codes, scores) = (outputs[2 * grid], outputs[2 * grid + 1])
            let anchors = Self.anchors(grid, of: grids)
            guard codes.shape.count == 4, scores.shape.count == 4, codes.shape[1] == 4 * anchors.count,
                scores.shape[1] == (frame.classes + 1) * anchors.count, codes.shape[2...] == scores.shape[2...]
            else { return nil }
            boxes += Self.boxes(codes, scores, anchors, frame)
        }
        return boxes
    }

    private static func boxes(_ codes: Tensor, _ scores: Tensor, _ anchors: [Anchor], _ frame: OutputFrame) -> [RawBox]
    {
        let (rows, columns) = (codes.shape[2], codes.shape[3])
        let count = rows * columns
        // Comparing before the curve spares most of its values.
        let least = log(frame.threshold / (1 - frame.threshold))
        let (across, down) = (Float(frame.width), Float(frame.height))
        var boxes: [RawBox] = []
        for (index, anchor) in anchors.enumerated() {
            for label in 0..<frame.classes {
                let plane = (index * (frame.classes + 1) + label + 1) * count
                for place in 0..<count where scores.values[plane + place] >= least {
                    func code(_ part: Int) -> Float { codes.values[(index * 4 + part) * count + place] }
                    let y = (Float(place / columns) + 0.5) / Float(rows) + code(0) / 10 * anchor.height
                    let x = (Float(place % columns) + 0.5) / Float(columns) + code(1) / 10 * anchor.width
                    let (height, width) = (anchor.height * exp(code(2) / 5), anchor.width * exp(code(3) / 5))
                    let confidence = 1 / (1 + exp(-scores.values[plane + place]))
                    boxes.append(.centered(label, confidence, x * across, y * down, width * across, height * down))
                }
            }
        }
        return boxes
    }

    /// Sides in shares of the picture: scales from 0.2 to 0.95, five shapes, and fewer on the finest grid.
    private static func anchors(_ grid: Int, of grids: Int) -> [Anchor] {
        func scale(_ index: Int) -> Float {
            index < grids ? 0.2 + 0.75 * Float(index) / Float(max(1, grids - 1)) : 1
        }
        func anchor(_ scale: Float, _ shape: Float) -> Anchor {
            Anchor(width: scale * shape.squareRoot(), height: scale / shape.squareRoot())
        }
        if grid == 0 { return [anchor(0.1, 1), anchor(scale(0), 2), anchor(scale(0), 0.5)] }
        let shapes: [Float] = [1, 2, 0.5, 3, 1.0 / 3]
        return shapes.map { anchor(scale(grid), $0) } + [anchor((scale(grid) * scale(grid + 1)).squareRoot(), 1)]
    }
}
