internal import MomentsAnalysis

/// What several looks at the same picture come to: whoever is found in more than one is sure, and where the boxes meet.
enum Agreement {
    private struct Group {
        var finds: [Detection]
        var looks: Set<Int>
    }

    /// How much of its confidence a find keeps that another look does not confirm.
    private static let alone = 0.8

    /// Merges looks.
    ///
    /// - Parameter looks: The finds of each, every one once.
    /// - Returns: The finds of a single look as they are; of several those that are the same taken together.
    static func merged(_ looks: [[Detection]]) -> [Detection] {
        guard looks.count > 1 else { return looks.first ?? [] }
        let all = looks.enumerated().flatMap { look, finds in finds.map { (look: look, find: $0) } }
        var groups: [Group] = []
        for (look, find) in all.sorted(by: { $0.find.confidence > $1.find.confidence }) {
            let same = groups.indices.filter { !groups[$0].looks.contains(look) && groups[$0].finds[0].isSame(find) }
            let nearest = same.max {
                groups[$0].finds[0].box.overlap(find.box) < groups[$1].finds[0].box.overlap(find.box)
            }
            if let nearest {
                groups[nearest].finds.append(find)
                groups[nearest].looks.insert(look)
            } else {
                groups.append(Group(finds: [find], looks: [look]))
            }
        }
        return groups.map { together($0.finds) }
    }

    /// One find of what is the same: as sure as the surest, where they lie on average.
    private static func together(_ finds: [Detection]) -> Detection {
        let best = finds[0]
        var (box, weight) = (best.box, best.confidence)
        for find in finds.dropFirst() {
            weight += find.confidence
            box = box.mixed(find.box, find.confidence / weight)
        }
        return Detection(
            kind: best.kind,
            name: best.name,
            confidence: best.confidence * (finds.count > 1 ? 1 : alone),
            box: box
        )
    }
}

extension Detection {
    /// Whether another find is so much of the same that it is taken for this one.
    func isSame(_ other: Detection) -> Bool { name == other.name && box.overlap(other.box) > 0.45 }
}
