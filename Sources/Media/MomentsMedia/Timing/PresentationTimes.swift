/// The times of a track's pictures on the line, one by one: slips are put between their neighbours, and those that share
/// a time are spread.
package struct PresentationTimes: Sendable {
    /// When each is shown, in ticks, in coded order.
    package private(set) var pts: [Int64]
    /// The numbers of those whose times changed.
    package private(set) var changed: Set<Int> = []

    /// Starts with the times as they stand, in ticks, in coded order.
    package init(_ pts: [Int64]) { self.pts = pts }

    /// Gives a picture another time.
    package mutating func put(_ number: Int, at time: Int64) {
        pts[number] = time
        changed.insert(number)
    }

    /// Gives pictures whose times are far off those that are missing around them.
    ///
    /// - Parameters:
    ///   - numbers: Which they are.
    ///   - step: How long a picture is usually shown, in ticks.
    ///   - fallback: When one should be shown where no place is free.
    package mutating func place(_ numbers: [Int], step: Int64, fallback: (Int) -> Int64) {
        let all = Set(numbers)
        var rest = numbers.sorted()[...]
        while let first = rest.first {
            // Slips that lie near each other fill the same holes.
            let group = rest.prefix { $0 - first < Self.reach }
            rest = rest.dropFirst(group.count)
            let around = max(0, first - 2 * Self.reach)..<min(pts.count, first + 3 * Self.reach)
            let known = around.filter { !all.contains($0) }.map { pts[$0] }.sorted()
            var holes: [Int64] = []
            for (one, next) in zip(known, known.dropFirst()) where step > 0 && next &- one > step &+ step / 2 {
                let count = max(1, min((next &- one &+ step / 2) / step - 1, Int64(Self.reach)))
                for place in 1...count { holes.append(one &+ (next &- one) / (count + 1) &* place) }
            }
            // Their own times still tell which comes first, mostly.
            let order = group.sorted { (pts[$0], $0) < (pts[$1], $1) }
            for (rank, number) in order.enumerated() {
                pts[number] = holes.count == order.count ? holes[rank] : fallback(number)
                changed.insert(number)
            }
        }
    }

    /// Whether two pictures near each other in the file share a time.
    ///
    /// - Parameters:
    ///   - pts: When each is shown, in ticks, in coded order.
    ///   - least: Times that differ by less are one, in ticks.
    ///   - isShown: Whether a picture is shown at all.
    /// - Returns: Whether there are such.
    package static func hasRepeats(_ pts: [Int64], least: Int64, isShown: (Int) -> Bool) -> Bool {
        var highest: Int64?
        for number in pts.indices where isShown(number) {
            let time = pts[number]
            defer { highest = max(highest ?? time, time) }
            guard let highest, time &- highest < least else { continue }
            // None but the pictures held back can be that near.
            let near = pts[max(0, number - reach)..<number]
            if near.contains(where: { ($0 &- time).magnitude < least.magnitude }) { return true }
        }
        return false
    }

    /// Spreads pictures that share a time over the time until the next one.
    ///
    /// - Parameters:
    ///   - step: How long a picture is usually shown, in ticks.
    ///   - least: Times that differ by less are one, in ticks.
    ///   - isShown: Whether a picture is shown at all.
    /// - Returns: How many were moved.
    package mutating func spread(step: Int64, least: Int64, isShown: (Int) -> Bool) -> Int {
        let order = pts.indices.filter(isShown).sorted { (pts[$0], $0) < (pts[$1], $1) }
        var (begin, moved, last, usual) = (0, 0, Int64.min, max(1, step))
        while begin < order.count {
            let time = pts[order[begin]]
            var end = begin + 1
            while end < order.count, pts[order[end]] &- time < least { end += 1 }
            let count = Int64(end - begin)
            let room = end < order.count ? (pts[order[end]] &- time) / count : usual
            let width = max(1, step > 0 ? min(step, room) : room)
            usual = width
            for (rank, number) in order[begin..<end].enumerated() {
                let wanted = max(time &+ Int64(rank) &* width, last == .min ? .min : last &+ 1)
                if wanted != pts[number] {
                    pts[number] = wanted
                    changed.insert(number)
                    moved += 1
                }
                last = wanted
            }
            begin = end
        }
        return moved
    }

    /// The usual distance of two pictures shown one after another.
    ///
    /// - Parameters:
    ///   - pts: When each is shown, in ticks.
    ///   - least: Times that differ by less are one, in ticks.
    /// - Returns: The median; 0 without two times.
    package static func step(_ pts: [Int64], least: Int64) -> Int64 {
        let sorted = pts.sorted()
        let steps = zip(sorted.dropFirst(), sorted).map { $0 &- $1 }.filter { $0 >= least }.sorted()
        return steps.isEmpty ? 0 : steps[steps.count / 2]
    }

    /// Farther than pictures are held back.
    private static let reach = 32
}
