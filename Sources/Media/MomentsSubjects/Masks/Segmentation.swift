public import MomentsAnalysis
internal import MomentsCore

/// Which pixels of a picture a model gives to what.
public struct Segmentation: Sendable {
    private let scores: [Float]
    /// The sides of the grid.
    private let width: Int
    private let height: Int
    private let layers: Int
    /// The names of its classes, and how many layers stand before theirs; no names where it tells only what stands out.
    private let classes: [String]
    private let background: Int
    private let threshold: Float
    /// The shares of the grid that the picture fills.
    private let across: Double
    private let down: Double

    /// How much of the box's sides around it still is the subject's.
    private static let margin = 0.1
    /// The least share of the box that a subject fills.
    private static let leastFilled = 0.05

    /// Reads what a network gives: layers of scores, one, or as many as classes, or one more for the background.
    ///
    /// - Returns: nil where it is none of these.
    init?(_ output: Tensor, _ card: ModelCard, across: Double, down: Double) {
        let sides = output.shape.count == 4 && output.shape[0] == 1 ? Array(output.shape.dropFirst()) : output.shape
        guard sides.count == 2 || sides.count == 3, output.values.count == sides.reduce(1, *), !sides.contains(0) else {
            return nil
        }
        (layers, height, width) = (sides.count == 3 ? sides[0] : 1, sides[sides.count - 2], sides[sides.count - 1])
        classes = card.classes
        let named = max(1, classes.count)
        guard layers == named || layers == named + 1 else { return nil }
        background = layers - named
        (scores, threshold) = (output.values, Float(card.threshold))
        (self.across, self.down) = (across, down)
    }

    /// The mask of a subject.
    ///
    /// - Parameters:
    ///   - name: What it is, by the name of the model that found it.
    ///   - box: Where it was found.
    /// - Returns: Its mask; nil where the model knows nothing of the kind, or gives it hardly a pixel of the box.
    public func mask(of name: String, in box: Box) -> CutMask? {
        let known = classes.isEmpty ? 0 : classes.firstIndex(of: name)
        guard let layer = known.map({ $0 + background }) else { return nil }
        let part = CutMask.part(around: box, share: Self.margin)
        let most = CutMask.sides.upperBound
        let columns = min(most, max(1, Int((part.width * across * Double(width)).rounded())))
        let rows = min(most, max(1, Int((part.height * down * Double(height)).rounded())))
        var pixels: [Bool] = []
        for row in 0..<rows {
            let y = place(part.y + part.height * (Double(row) + 0.5) / Double(rows), down, height)
            for column in 0..<columns {
                let x = place(part.x + part.width * (Double(column) + 0.5) / Double(columns), across, width)
                pixels.append(isSet(y * width + x, layer))
            }
        }
        let cells = RunLengths(width: columns, height: rows, pixels: pixels)
        let filled = Double(cells.area) / Double(columns * rows) * part.area
        return filled >= Self.leastFilled * box.area && cells.area > 0 ? CutMask(part: part, cells: cells) : nil
    }

    /// Where in a side of the grid a share of the picture lies.
    private func place(_ share: Double, _ filled: Double, _ side: Int) -> Int {
        min(max(Int(share * filled * Double(side)), 0), side - 1)
    }

    private func isSet(_ place: Int, _ layer: Int) -> Bool {
        let size = width * height
        if layers == 1 { return scores[place] >= threshold }
        let own = scores[layer * size + place]
        return (0..<layers).allSatisfy { $0 == layer || scores[$0 * size + place] < own }
    }
}
