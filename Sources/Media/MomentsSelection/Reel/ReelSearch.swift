/// Finds the shots that together are worth most in a given time.
///
/// Each entry shown must earn its price; for one price the best shots follow by dynamic programming over all places
/// where one may begin or end (Bellman), and the price is halved in until their length is what was asked for: Lagrange's
/// way of filling a reel. More of one shot is worth less than something new, and so is a second shot of the same scene
/// soon after the first.
struct ReelSearch {
    private let score: [Float]
    private let costs: EdgeCosts
    private let scene: [Int]
    private let least = Int((ShotLength.shortest / Saliency.interval).rounded())
    private let most: Int
    /// What a shot of so many entries costs for its length.
    private let dull: [Float]
    /// What a shot costs that begins so many entries behind another of its scene.
    private let nearness: [Float]

    /// Prepares a search.
    ///
    /// - Parameters:
    ///   - score: What each entry is worth.
    ///   - costs: What beginnings, ends and cuts cost.
    ///   - scene: The scene of each entry.
    ///   - longest: How long a shot may be, in seconds.
    init(_ score: MomentScore, _ costs: EdgeCosts, scene: [Int], longest: Double = ShotLength.longest) {
        let most = Int((longest / Saliency.interval).rounded())
        self.most = most
        self.score = score.total
        self.costs = costs
        self.scene = scene
        let knee = Int(ScoreWeights.knee / Saliency.interval)
        dull = (0...most).map { score.spread * ScoreWeights.dull * Float(max(0, $0 - knee)) }
        let reach = Int(ScoreWeights.neighbourhood / Saliency.interval)
        // A judge who wants both has seen that they are of one scene.
        let atOnce = score.judged == nil ? ScoreWeights.neighbour * score.spread / Float(Saliency.interval) : 0
        nearness = (0...reach).map { atOnce * (1 - Float($0) / Float(reach)) }
    }

    /// The shots that fill a reel.
    ///
    /// - Parameters:
    ///   - entries: How long they may be together.
    ///   - usable: Which entries may be shown.
    /// - Returns: Ranges of entries, rising, apart; together as long as asked for where so much may be shown.
    func shots(filling entries: Int, usable: [Bool]) -> [Range<Int>] {
        guard entries >= least, !score.isEmpty else { return [] }
        var low = -2 * ((costs.start.max() ?? 0) + (dull.last ?? 0) + nearness[0]) - 1
        var high = (score.max() ?? 0) + 1
        var (below, above): ([Range<Int>], [Range<Int>]) = ([], [])
        for _ in 0..<24 where Self.length(below) < entries {
            let price = (low + high) / 2
            let found = shots(price: price, usable: usable)
            if Self.length(found) > entries {
                (low, above) = (price, found)
            } else {
                (high, below) = (price, found)
            }
        }
        // One price may lie between far too little and far too much: either is brought to length, and the better one taken.
        let filled = grown(below, by: entries - Self.length(below), usable: usable)
        let cut = shrunk(above, to: entries)
        return joined(worth(cut) > worth(filled) ? cut : filled, usable: usable)
    }

    private static func length(_ shots: [Range<Int>]) -> Int { shots.reduce(0) { $0 + $1.count } }

    /// What shots are worth together, without the price of their length.
    private func worth(_ shots: [Range<Int>]) -> Float {
        shots.reduce(0) { sum, shot in
            let costs = costs.start[shot.lowerBound] + costs.end[shot.upperBound] + dull[min(shot.count, most)]
            return sum + score[shot].reduce(0, +) - costs
        }
    }

    /// The shots without the least worthy of them, and the rest cut at their less worthy ends.
    private func shrunk(_ shots: [Range<Int>], to entries: Int) -> [Range<Int>] {
        var shots = shots
        var excess = Self.length(shots) - entries
        func mean(_ shot: Range<Int>) -> Float { score[shot].reduce(0, +) / Float(shot.count) }
        while excess > 0,
            let least = shots.indices.filter({ shots[$0].count <= excess }).min(by: {
                mean(shots[$0]) < mean(shots[$1])
            })
        {
            excess -= shots[least].count
            shots.remove(at: least)
        }
        for index in shots.indices.sorted(by: { mean(shots[$0]) < mean(shots[$1]) }) {
            while excess > 0, shots[index].count > least {
                let shot = shots[index]
                let movesStart =
                    costs.start[shot.lowerBound + 1] <= costs.start[shot.lowerBound] + score[shot.lowerBound]
                shots[index] =
                    movesStart && score[shot.lowerBound] < score[shot.upperBound - 1]
                    ? shot.lowerBound + 1..<shot.upperBound : shot.lowerBound..<shot.upperBound - 1
                excess -= 1
            }
        }
        return excess > 0 ? [] : shots
    }

    /// The shots worth most where each entry costs `price`.
    private func shots(price: Float, usable: [Bool]) -> [Range<Int>] {
        let count = score.count
        let sums = Sums(score, costs, usable, price)
        // The worth of all shots up to a place, where the last of them ends there, and where one that begins there follows,
        // as far as that is known without its end.
        var best = [Float](repeating: 0, count: count + 1)
        var ending = [Float](repeating: -.infinity, count: count + 1)
        var opening = best
        var (last, start, previous) = (
            [Int32](repeating: -1, count: count + 1), [Int32](repeating: -1, count: count + 1),
            [Int32](repeating: -1, count: count + 1)
        )
        for place in 0...count {
            if place > 0 { (best[place], last[place]) = (best[place - 1], last[place - 1]) }
            let longest = min(most, sums.free[place])
            if longest >= least {
                let (first, value) = Self.best(opening[place - longest...place - least], dull, before: place)
                ending[place] = value + sums.worth[place] - costs.end[place] - sums.passed[place]
                start[place] = Int32(first)
                if ending[place] > best[place] { (best[place], last[place]) = (ending[place], Int32(place)) }
            }
            let far = max(0, place - nearness.count + 1)
            var before = best[far]
            previous[place] = last[far]
            for other in far...place where ending[other] > before {
                let isSameScene = other > 0 && place < count && scene[place] == scene[other - 1]
                let value = ending[other] - (isSameScene ? nearness[place - other] : 0)
                if value > before { (before, previous[place]) = (value, Int32(other)) }
            }
            if place < count {
                opening[place] = before - sums.worth[place] + sums.passed[place + 1] - costs.start[place]
            }
        }
        var shots: [Range<Int>] = []
        var end = Int(last[count])
        while end > 0 {
            shots.append(Int(start[end])..<end)
            end = Int(previous[Int(start[end])])
        }
        return shots.reversed()
    }

    /// The beginning that is worth most for a shot up to a place, and what it is worth.
    private static func best(
        _ openings: ArraySlice<Float>,
        _ dull: [Float],
        before place: Int
    ) -> (first: Int, value: Float) {
        var best = (first: openings.startIndex, value: -Float.infinity)
        for first in openings.indices {
            let value = openings[first] - dull[place - first]
            if value > best.value { best = (first, value) }
        }
        return best
    }

    /// Running sums, of which a difference is what a range brings.
    private struct Sums {
        /// The worth above the price, up to each place.
        var worth: [Float] = [0]
        /// What going on over every place up to one costs.
        var passed: [Float] = [0]
        /// How many entries up to each place may be shown without a gap.
        var free: [Int] = [0]

        init(_ score: [Float], _ costs: EdgeCosts, _ usable: [Bool], _ price: Float) {
            for index in score.indices {
                worth.append(worth[index] + score[index] - price)
                passed.append(passed[index] + costs.pass[index])
                free.append(usable[index] ? free[index] + 1 : 0)
            }
        }
    }

    /// A worth no entry has: what is less is a beginning that must not be.
    private static let unbearable: Float = -2

    /// The shots made longer, entry by entry where most is gained.
    private func grown(_ shots: [Range<Int>], by entries: Int, usable: [Bool]) -> [Range<Int>] {
        var shots = shots
        func worth(_ index: Int, beside neighbour: Int) -> Float? {
            guard usable.indices.contains(index), usable[index] else { return nil }
            // Beyond a cut comes something else.
            return scene[index] == scene[neighbour] ? score[index] : score[index] - 1
        }
        for _ in 0..<max(0, entries) {
            var top: (shot: Int, isStart: Bool, worth: Float) = (-1, false, -.infinity)
            for (number, shot) in shots.enumerated() where shot.count < 2 * most {
                let earliest = number == 0 ? 0 : shots[number - 1].upperBound
                let latest = number + 1 == shots.count ? score.count : shots[number + 1].lowerBound
                if shot.lowerBound > earliest, let next = worth(shot.lowerBound - 1, beside: shot.lowerBound),
                    case let value = next + costs.start[shot.lowerBound] - costs.start[shot.lowerBound - 1],
                    value > top.worth, value > Self.unbearable
                {
                    top = (number, true, value)
                }
                if shot.upperBound < latest, let value = worth(shot.upperBound, beside: shot.upperBound - 1),
                    value > top.worth
                {
                    top = (number, false, value)
                }
            }
            guard top.shot >= 0 else { break }
            let shot = shots[top.shot]
            shots[top.shot] =
                top.isStart ? shot.lowerBound - 1..<shot.upperBound : shot.lowerBound..<shot.upperBound + 1
        }
        return shots
    }

    /// The shots with those of one scene made one where next to nothing lies between them: that would be a stumble.
    private func joined(_ shots: [Range<Int>], usable: [Bool]) -> [Range<Int>] {
        shots.reduce(into: []) { joined, shot in
            if let last = joined.last, shot.lowerBound - last.upperBound <= Self.stumble,
                scene[shot.lowerBound] == scene[last.upperBound - 1],
                !usable[last.upperBound..<shot.lowerBound].contains(false)
            {
                joined[joined.count - 1] = last.lowerBound..<shot.upperBound
            } else {
                joined.append(shot)
            }
        }
    }

    /// Entries left out between two shots of a scene below which a person sees a fault.
    static let stumble = Int(0.8 / Saliency.interval)
}
