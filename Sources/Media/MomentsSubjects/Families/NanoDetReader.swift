internal import Glibc

/// Scores and distances of NanoDet-m (grids of 8, 16 and 32 pixels in turn), or one list of NanoDet-Plus.
struct NanoDetReader: OutputReader {
    func boxes(_ outputs: [Tensor], _ frame: OutputFrame) -> [RawBox]? {
        if outputs.count == 1 { return listed(outputs[0].values, frame) }
        guard outputs.count == 6 else { return nil }
        var boxes: [RawBox] = []
        for (grid, stride) in [8, 16, 32].enumerated() {
            let (scores, distances) = (outputs[2 * grid].values, outputs[2 * grid + 1].values)
            let count = Self.side(frame.width, stride) * Self.side(frame.height, stride)
            guard scores.count == count * frame.classes, distances.count.isMultiple(of: 4 * count),
                distances.count >= 8 * count
            else { return nil }
            let steps = distances.count / (4 * count)
            for place in 0..<count {
                let row = scores[place * frame.classes..<(place + 1) * frame.classes]
                let reach = distances[place * 4 * steps..<(place + 1) * 4 * steps]
                if let box = Self.box(row, reach, place, stride, shift: 0.5, frame) { boxes.append(box) }
            }
        }
        return boxes
    }

    private func listed(_ values: [Float], _ frame: OutputFrame) -> [RawBox]? {
        let strides = [8, 16, 32, 64]
        let counts = strides.map { Self.side(frame.width, $0) * Self.side(frame.height, $0) }
        let total = counts.reduce(0, +)
        guard values.count.isMultiple(of: total) else { return nil }
        let width = values.count / total
        guard width >= frame.classes + 8, (width - frame.classes).isMultiple(of: 4) else { return nil }
        var (boxes, start): ([RawBox], Int) = ([], 0)
        for (stride, count) in zip(strides, counts) {
            for place in 0..<count {
                let row = values[start..<start + frame.classes]
                let reach = values[start + frame.classes..<start + width]
                if let box = Self.box(row, reach, place, stride, shift: 0, frame) { boxes.append(box) }
                start += width
            }
        }
        return boxes
    }

    private static func side(_ pixels: Int, _ stride: Int) -> Int { (pixels + stride - 1) / stride }

    private static func box(
        _ scores: ArraySlice<Float>,
        _ reach: ArraySlice<Float>,
        _ place: Int,
        _ stride: Int,
        shift: Float,
        _ frame: OutputFrame
    ) -> RawBox? {
        guard let best = scores.indices.max(by: { scores[$0] < scores[$1] }), scores[best] >= frame.threshold else {
            return nil
        }
        let columns = side(frame.width, stride)
        let pixels = Float(stride)
        let x = (Float(place % columns) + shift) * pixels
        let y = (Float(place / columns) + shift) * pixels
        let steps = reach.count / 4
        let sides = (0..<4).map { part in
            expected(reach[reach.startIndex + part * steps..<reach.startIndex + (part + 1) * steps]) * pixels
        }
        return RawBox(
            label: best - scores.startIndex,
            confidence: Double(min(scores[best], 1)),
            x: Double(x - sides[0]),
            y: Double(y - sides[1]),
            width: Double(sides[0] + sides[2]),
            height: Double(sides[1] + sides[3])
        )
    }

    /// The mean step of a distribution given in logarithms.
    private static func expected(_ logits: ArraySlice<Float>) -> Float {
        let highest = logits.max() ?? 0
        var (sum, weighted): (Float, Float) = (0, 0)
        for (step, logit) in logits.enumerated() {
            let weight = exp(logit - highest)
            sum += weight
            weighted += weight * Float(step)
        }
        return weighted / sum
    }
}
