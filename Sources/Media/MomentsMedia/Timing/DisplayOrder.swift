package import MomentsCore

/// The order in which coded pictures are shown, where a container has no times for that.
package enum DisplayOrder {
    /// What a packet says of its picture.
    package struct Picture: Hashable, Sendable {
        /// How it was coded.
        package var kind: CodedKind
        /// Its number in the order shown, as the coder counts from some picture on; nil where there is none.
        package var number: Int32?
        /// Whether decoding can start here.
        package var isKeyframe: Bool

        /// Makes one from its parts.
        package init(kind: CodedKind, number: Int32? = nil, isKeyframe: Bool) {
            (self.kind, self.number, self.isKeyframe) = (kind, number, isKeyframe)
        }
    }

    /// Ranks pictures.
    ///
    /// - Parameter pictures: In coded order.
    /// - Returns: For each the number of pictures shown before it.
    package static func ranks(_ pictures: [Picture]) -> [Int] {
        let isNumbered = pictures.contains { $0.number ?? 0 != 0 }
        return isNumbered ? numbered(pictures) : kinded(pictures)
    }

    /// By the coder's own numbers, which start anew at pictures behind which nothing earlier is shown.
    private static func numbered(_ pictures: [Picture]) -> [Int] {
        var ranks = [Int](repeating: 0, count: pictures.count)
        var (begin, highest) = (0, Int32.min)
        func close(_ end: Int) {
            let group = (begin..<end).sorted {
                (pictures[$0].number ?? 0, $0) < (pictures[$1].number ?? 0, $1)
            }
            for (rank, place) in group.enumerated() { ranks[place] = begin + rank }
        }
        for (place, picture) in pictures.enumerated() {
            let number = picture.number ?? 0
            if place > begin, picture.isKeyframe, number <= highest {
                close(place)
                (begin, highest) = (place, .min)
            }
            highest = max(highest, number)
        }
        close(pictures.count)
        return ranks
    }

    /// Bidirectional pictures are shown before the one decoded before them.
    private static func kinded(_ pictures: [Picture]) -> [Int] {
        var ranks = [Int](repeating: 0, count: pictures.count)
        var (next, held): (Int, Int?) = (0, nil)
        for (place, picture) in pictures.enumerated() {
            guard picture.kind == .bidirectional, held != nil else {
                if let held {
                    ranks[held] = next
                    next += 1
                }
                held = place
                continue
            }
            ranks[place] = next
            next += 1
        }
        if let held { ranks[held] = next }
        return ranks
    }

    /// Whether pictures are shown in the order they stand in.
    package static func isPlain(_ ranks: [Int]) -> Bool { ranks.indices.allSatisfy { ranks[$0] == $0 } }
}
