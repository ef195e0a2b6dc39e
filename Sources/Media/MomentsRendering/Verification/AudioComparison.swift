internal import MomentsCore
internal import MomentsMedia

/// Holds a reel's sound against the source's, shot by shot, by what is heard: no timestamp of either is believed.
struct AudioComparison {
    /// A place in the reel that is compared.
    private struct Place {
        let shot: Int
        var sample: AudioSample
    }

    private let reel: Reel
    private let channels: Int
    private var places: [Place] = []

    /// How much is compared at one place, in samples: one second.
    private static let length = AudioSample.rate
    /// How far off it is looked for, in samples: 0.4 s.
    private static let margin = AudioSample.rate * 2 / 5
    /// What joins and fades may change at a shot's ends, in samples: a twentieth of a second.
    private static let edge = AudioSample.rate / 20
    /// Quieter than this, in dB of full scale, nothing is told.
    private static let quiet = -55.0
    /// A reel of more shots is compared in as many of them, evenly spread.
    private static let mostShots = 24

    /// Plans which places are compared.
    ///
    /// - Parameters:
    ///   - reel: The reel as its maker knows it.
    ///   - channels: How many channels its sound has.
    init(_ reel: Reel, channels: Int) {
        (self.reel, self.channels) = (reel, channels)
        let rate = Rational(1, Int64(AudioSample.rate))
        let shown = reel.shots.indices.filter { reel.shots[$0].isShown }
        let stride = max(1, (shown.count + Self.mostShots - 1) / Self.mostShots)
        for (rank, shot) in shown.enumerated() where rank % stride == 0 {
            let start = Int(reel.shots[shot].place.start.timestamp(in: rate))
            // Where transitions overlap, a shot has its sound to itself only between its neighbours.
            let next = shown.dropFirst(rank + 1).first.map { Int(reel.shots[$0].place.start.timestamp(in: rate)) }
            let before = rank > 0 ? Int(reel.shots[shown[rank - 1]].place.end.timestamp(in: rate)) : start
            let from = max(start, before) + Self.edge
            let until = min(Int(reel.shots[shot].place.end.timestamp(in: rate)), next ?? .max) - Self.edge
            guard until - from >= Self.length / 3 else { continue }
            let count = min(Self.length, until - from)
            places.append(Place(shot: shot, sample: AudioSample(start: from, count: count)))
            if until - from >= 4 * Self.length {
                places.append(Place(shot: shot, sample: AudioSample(start: until - count, count: count)))
            }
        }
    }

    /// Takes some of the reel's sound.
    mutating func take(_ samples: [Float], from first: Int) {
        for index in places.indices { places[index].sample.take(samples, from: first, channels: channels) }
    }

    /// Listens to the source at the same moments.
    ///
    /// - Parameters:
    ///   - source: What the reel was made of.
    ///   - frameDuration: How long a picture of the reel is shown, in seconds.
    ///   - interrupt: Stops the work.
    /// - Throws: `Finding` for the first place that does not fit; a source that cannot be read tells nothing.
    func check(against source: MediaSource, frameDuration: Double, interrupt: Interrupt) throws(Finding) {
        guard source.audio != nil else { return }
        let tolerance = max(frameDuration / 2, 0.01) + 0.002
        do {
            let reader = try MediaReader(source, tracks: .audio, threads: 1, interrupt: interrupt)
            for place in places where place.sample.holds(place.sample.count) && place.sample.level > Self.quiet {
                let heard = try listen(place, reader)
                guard heard.holds(place.sample.count), heard.level > Self.quiet else { continue }
                guard trouble(place, heard, tolerance) != nil else { continue }
                // Some containers lead a search astray; read from its start, a source tells for sure.
                let slow = try MediaReader(source, tracks: .audio, threads: 1, interrupt: interrupt)
                if let trouble = trouble(place, try listen(place, slow, seeks: false), tolerance) { throw trouble }
            }
        } catch let finding as Finding { throw finding } catch {
            // What cannot be read again says nothing of the reel.
            guard (error as? MediaError)?.isInterruption == true else { return }
            throw Finding(description: "the comparison with the source's sound was stopped")
        }
    }

    /// What is wrong with a place, if anything.
    private func trouble(_ place: Place, _ heard: AudioSample, _ tolerance: Double) -> Finding? {
        guard let match = place.sample.match(in: heard, tolerance: tolerance) else { return nil }
        let shot = "shot \(place.shot + 1)"
        if match.best > Self.sure, match.best > match.near + Self.clearer {
            let late = (-match.shift * 1000).rounded() / 1000
            return Finding(description: "the sound of \(shot) is \(late) s late against the source's")
        }
        guard match.best < Self.foreign, match.isOfWaves else { return nil }
        return Finding(description: "the sound of \(shot) is not the source's (likeness \(match.best))")
    }

    private func listen(
        _ place: Place,
        _ reader: MediaReader,
        seeks: Bool = true
    ) throws -> AudioSample {
        let rate = Rational(1, Int64(AudioSample.rate))
        let offset =
            Int(reel.shots[place.shot].range.start.timestamp(in: rate))
            - Int(reel.shots[place.shot].place.start.timestamp(in: rate))
        var heard = place.sample.widened(by: Self.margin, movedBy: offset)
        // The first blocks behind a seek lack what they were coded from.
        let begin = MediaTime(ticks: Int64(heard.start - AudioSample.rate / 2), timescale: Int64(AudioSample.rate))
        if seeks { try reader.seek(to: max(.zero, begin)) }
        let converter = AudioConverter(rate: AudioSample.rate, channels: channels)
        var done = Int.min
        while done < heard.start + heard.count, case .audio(let time) = try reader.next() {
            let start = try reader.withFrame { frame in try converter.convert(frame, time: time) }
            var first = Int(start.timestamp(in: rate))
            // A damaged clock can say anything.
            guard first.magnitude < Self.farthest else { continue }
            // Containers round times; a wave put together by them would be another one.
            if done != .min, (first - done).magnitude <= Self.slip { first = done }
            // What overlaps is heard once, as in the reel.
            let known = done == .min ? 0 : max(0, min(done - first, converter.samples.count / channels))
            heard.take(Array(converter.samples.dropFirst(known * channels)), from: first + known, channels: channels)
            done = max(done, first + converter.samples.count / channels)
        }
        return heard
    }

    /// Two milliseconds, in samples: what containers round times of sound by.
    private static let slip: UInt = 96
    /// More samples than any file lasts.
    private static let farthest: UInt = 1 << 50
    /// Correlations of this much are no chance.
    private static let sure = 0.6
    /// So much better than at the right place, another one fits.
    private static let clearer = 0.15
    /// What fits less than this anywhere is another sound.
    private static let foreign = 0.1
}
