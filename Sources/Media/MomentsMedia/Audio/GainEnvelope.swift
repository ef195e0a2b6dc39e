/// How much of each sample a limiter lets through: never more than is allowed, and without steps.
///
/// The least gain of a segment ahead, averaged over a segment as long: so it is down in time, and falls evenly.
struct GainEnvelope {
    /// How many samples ahead it looks.
    let reach: Int
    private let recovery: Float
    private var held: Float = 1
    /// Samples taken so far.
    private var count = 0
    /// Gains of the segment ahead that may yet be its least one, rising, and the samples they are of: a ring of which
    /// those between two counts are in use.
    private var lows: [(place: Int, gain: Float)]
    private var (first, end) = (0, 0)
    /// The least gains of the last samples: a ring, filled by the first of them.
    private var window: [Float]
    private var slot = 0
    private var sum = 0.0

    /// Makes an envelope.
    ///
    /// - Parameters:
    ///   - reach: How many samples it takes to come down.
    ///   - release: In how many samples about two thirds of a reduction are taken back.
    init(reach: Int, release: Int) {
        self.reach = reach
        recovery = 1 / Float(max(1, release))
        var size = 1
        while size < reach + 2 { size *= 2 }
        lows = Array(repeating: (0, 1), count: size)
        window = Array(repeating: 1, count: reach + 1)
    }

    /// Takes how much of each of the next samples may be let through, 0–1, and puts gains in its place: of samples that
    /// lie `reach` before them.
    ///
    /// - Returns: How many gains there are, fewer by `reach` at the start.
    mutating func follow(_ values: UnsafeMutableBufferPointer<Float>) -> Int {
        // Out of the structure and back again, for the loop's sake.
        var (lows, window) = (self.lows, self.window)
        self.lows = []
        self.window = []
        var (held, count, first, end, slot, sum) = (held, count, first, end, slot, sum)
        let (mask, length) = (lows.count - 1, Double(window.count))
        var made = 0
        for index in values.indices {
            held = min(values[index], held + (1 - held) * recovery)
            while end > first, lows[(end - 1) & mask].gain >= held { end -= 1 }
            lows[end & mask] = (count, held)
            end += 1
            count += 1
            let place = count - 1 - reach
            if place < 0 { continue }
            while lows[first & mask].place < place { first += 1 }
            let low = lows[first & mask].gain
            if place == 0 {
                for slot in window.indices { window[slot] = low }
                sum = Double(low) * length
            }
            sum += Double(low) - Double(window[slot])
            window[slot] = low
            slot = slot == reach ? 0 : slot + 1
            values[made] = min(1, Float(sum / length))
            made += 1
        }
        (self.lows, self.window) = (lows, window)
        (self.held, self.count, self.first, self.end, self.slot, self.sum) = (held, count, first, end, slot, sum)
        return made
    }
}
