internal import MomentsCore
internal import MomentsExports
internal import MomentsRendering
internal import MomentsSelection

/// What is told of an album: which shots it has, where they come from, what was left out and why.
struct AlbumTelling {
    let spec: JobSpec
    let videos: [AlbumMaker.Video]
    let clock: AlbumClock
    /// Why a video is not shown, by its number.
    let leftOut: [Int: String]
    let form: ReelForm
    let takes: [AlbumTake]

    /// Names of videos that a sentence tells.
    private static let named = 5

    /// The shots, and the job that makes the reel of them.
    var album: Album {
        let document = document
        return Album(
            spec: reel,
            document: document,
            origins: takes.map { take in
                let video = videos[take.shot.video]
                return Album.Origin(
                    file: video.file,
                    start: take.range.start.seconds,
                    duration: video.facts?.duration ?? take.range.end.seconds
                )
            },
            notes: notes(document)
        )
    }

    private var document: AlbumDocument {
        var reasons = leftOut
        for (number, video) in videos.enumerated() {
            if let trouble = video.trouble { reasons[number] = trouble }
        }
        let shots = takes.enumerated().map { number, take in
            AlbumDocument.Shot(
                shot: HighlightShot.name(number + 1),
                file: videos[take.shot.video].file.name,
                start: take.range.start.seconds,
                end: take.range.end.seconds,
                score: min(1, take.shot.candidate.score),
                reasons: take.shot.candidate.reasons,
                recorded: clock.starts[take.shot.video].map {
                    Timestamp(milliseconds: Int64(($0 + take.range.start.seconds) * 1000))
                }
            )
        }
        return AlbumDocument(
            videos: videos.count,
            width: form.width,
            height: form.height,
            frameRate: form.rate,
            shots: spec.options.album?.order == .best ? shots : AlbumDays.marked(shots),
            leftOut: reasons.sorted { $0.key < $1.key }.map { .init(file: videos[$0.key].file.name, reason: $0.value) },
            clocks: videos.indices.filter { clock.groups[$0] != nil }.map { number in
                AlbumDocument.Clock(
                    file: videos[number].file.name,
                    recorded: clock.starts[number].map { Timestamp(milliseconds: Int64(($0 * 1000).rounded())) },
                    ahead: ((clock.ahead[number] ?? 0) * 100).rounded() / 100
                )
            }
        )
    }

    /// The job of a recording in as many files as there are shots, each of which is shown whole.
    private var reel: JobSpec {
        var place = 0.0
        var options = spec.options
        options.segments = takes.map { take in
            defer { place += take.length }
            return RequestedRange(start: place, end: place + take.length)
        }
        return JobSpec(
            jobID: spec.jobID,
            source: takes[0].path,
            name: spec.name,
            staging: spec.staging,
            options: options,
            lifeline: spec.lifeline,
            sandbox: spec.sandbox,
            models: spec.models,
            parts: takes.dropFirst().map(\.path),
            picture: spec.picture,
            taste: spec.taste,
            style: spec.style
        )
    }

    private func notes(_ document: AlbumDocument) -> [String] {
        let shown = Set(document.shots.map(\.file))
        var notes = [
            "\(document.shots.count) shots of \(shown.count) of \(document.videos) videos; album.json says which"
        ]
        for video in videos.filter({ $0.trouble != nil }).prefix(Self.named) {
            notes.append("'\(video.file.name.display)' was left out: \(video.trouble ?? "")")
        }
        for clock in document.clocks.filter({ $0.ahead != 0 }).prefix(Self.named) {
            let tenths = (clock.ahead * 10).rounded() / 10
            let sense = tenths < 0 ? "behind" : "ahead"
            notes.append("the clock of '\(clock.file.display)' is \(abs(tenths)) s \(sense) by its sound, which counts")
        }
        return notes
    }
}
