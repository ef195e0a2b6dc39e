/// Rows of centre, size, objectness and a score for each class, in shares of the picture; an output for each grid.
struct YOLOReader: OutputReader {
    func boxes(_ outputs: [Tensor], _ frame: OutputFrame) -> [RawBox]? {
        let (across, down, length) = (Float(frame.width), Float(frame.height), 5 + frame.classes)
        var boxes: [RawBox] = []
        guard !outputs.isEmpty else { return nil }
        for output in outputs {
            guard output.shape.last == length else { return nil }
            for start in stride(from: 0, to: output.values.count, by: length) {
                let row = output.values[start..<start + length]
                let scores = row[(start + 5)...]
                guard let best = scores.indices.max(by: { scores[$0] < scores[$1] }), scores[best] >= frame.threshold
                else { continue }
                boxes.append(
                    .centered(
                        best - scores.startIndex,
                        min(scores[best], 1),
                        row[start] * across,
                        row[start + 1] * down,
                        row[start + 2] * across,
                        row[start + 3] * down
                    )
                )
            }
        }
        return boxes
    }
}
