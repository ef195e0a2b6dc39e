/// How much of each sample a limiter lets through: never more than is allowed, and without steps.
///
/// The least gain of a stretch ahead, averaged over a stretch as long: so it is down in time, and falls evenly.
struct GainEnvelope {
    /// How many samples ahead it looks.
    let reach: Int
    private let recovery: Float
    private var held: Float = 1
    private var count = 0
    /// Gains of the stretch ahead that may yet be its least one, rising.
    private var lows: [(place: Int, gain: Float)] = []
    private var head = 0
    private var window: [Float] = []
    private var sum = 0.0

    /// Makes an envelope.
    ///
    /// - Parameters:
    ///   - reach: How many samples it takes to come down.
    ///   - release: In how many samples about two thirds of a reduction are taken back.
    init(reach: Int, release: Int) {
        self.reach = reach
        recovery = 1 / Float(max(1, release))
    }

    /// Takes how much of the next sample may be let through, 0–1, and gives the gain of the one `reach` before it; nil where
    /// there is none.
    mutating func next(_ allowed: Float) -> Float? {
        held = min(allowed, held + (1 - held) * recovery)
        while lows.count > head, lows[lows.count - 1].gain >= held { lows.removeLast() }
        if lows.count == head {
            lows.removeAll(keepingCapacity: true)
            head = 0
        }
        lows.append((count, held))
        count += 1
        let place = count - 1 - reach
        guard place >= 0 else { return nil }
        while lows[head].place < place { head += 1 }
        let low = lows[head].gain
        if window.isEmpty {
            window = [Float](repeating: low, count: reach + 1)
            sum = Double(low) * Double(window.count)
        }
        let slot = place % window.count
        sum += Double(low) - Double(window[slot])
        window[slot] = low
        return min(1, Float(sum / Double(window.count)))
    }
}
