internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsMedia
internal import MomentsSelection

/// The clocks of an album's videos, and what their sounds say of them.
extension AlbumMaker {
    /// How far clocks are off at most for sounds to be compared, in seconds.
    private static let astray = 300.0
    /// Pairs of videos whose sounds are compared.
    private static let mostPairs = 400
    /// Sound that is taken of each, in seconds.
    private static let longest = 900.0
    /// Sound that is taken of all, in seconds: memory is to stay the same however many there are.
    private static let mostSound = 40_000.0

    /// Lays the videos on one clock.
    func clock(of videos: [Video], progress: (Double) -> Void) throws -> AlbumClock {
        let times = videos.map { $0.facts?.recorded.map { Double($0.milliseconds) / 1000 } }
        var pairs: [(Int, Int)] = []
        for one in videos.indices where videos[one].facts?.hasAudio == true {
            for other in videos.indices.dropFirst(one + 1) where videos[other].facts?.hasAudio == true {
                guard let first = times[one], let second = times[other], pairs.count < Self.mostPairs else { continue }
                let (mine, theirs) = (videos[one].facts?.duration ?? 0, videos[other].facts?.duration ?? 0)
                if second < first + mine + Self.astray, first < second + theirs + Self.astray {
                    pairs.append((one, other))
                }
            }
        }
        var traces: [Int: LoudnessTrace] = [:]
        var heard = 0.0
        var links: [AlbumClock.Link] = []
        for (number, (one, other)) in pairs.enumerated() {
            for video in [one, other] where traces[video] == nil && heard < Self.mostSound {
                traces[video] = try trace(of: videos[video].file)
                heard += min(Self.longest, videos[video].facts?.duration ?? 0)
            }
            if let first = traces[one], let second = traces[other], let seconds = first.offset(of: second) {
                links.append(.init(one, other, seconds: seconds))
            }
            try interrupt.check("compare")
            progress(Double(number + 1) / Double(pairs.count))
        }
        return AlbumClock(times: times, links: links)
    }

    /// How loud a video is when; nothing where that cannot be heard.
    private func trace(of file: AlbumFile) throws -> LoudnessTrace {
        var trace = LoudnessTrace()
        do {
            let source = try SourceProbe.open(SourceFiles(file.path, followedBy: file.parts), interrupt: interrupt)
            let reader = try MediaReader(source, tracks: .audio, threads: 1, interrupt: interrupt)
            let converter = AudioConverter(rate: LoudnessTrace.sampleRate, channels: 1)
            var done = 0
            while case .audio(let time) = try reader.next(), time.seconds < Self.longest {
                let begin = try reader.withFrame { try converter.convert($0, time: time) }
                let place = Int((begin.seconds * Double(LoudnessTrace.sampleRate)).rounded())
                // A gap is silence; what comes twice, or before the first picture, is left out.
                if place > done + LoudnessTrace.sampleRate / 100 {
                    trace.add([Float](repeating: 0, count: min(place - done, LoudnessTrace.sampleRate * 60)))
                    done = place
                }
                let samples = converter.samples.dropFirst(max(0, done - place))
                trace.add(Array(samples))
                done += samples.count
            }
        } catch {
            if interrupt.isRequested { throw error }
        }
        return trace
    }
}
