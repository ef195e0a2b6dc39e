internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia

/// Reads a story's clips back: each picture of each has to decode.
struct StoryCheck {
    let name: FilePath
    let staging: StagingFolder
    let form: StoryForm
    let interrupt: Interrupt

    /// Proves the shots and the clip.
    ///
    /// - Parameters:
    ///   - shots: The shots.
    ///   - hasVoice: Whether the clip has sound.
    ///   - progress: Told the share done, 0–1.
    /// - Returns: The stills taken on the way.
    /// - Throws: `JobError` of kind `VerificationFailed`.
    func prove(_ shots: [MadeShot], hasVoice: Bool, progress: (Double) -> Void) throws -> [StagedFile] {
        let total = shots.reduce(0) { $0 + $1.frames }
        var done = 0
        for shot in shots {
            _ = try check(shot.file.name, frames: shot.frames, hasSound: false, still: nil)
            done += shot.frames
            progress(Double(done) / Double(2 * total))
        }
        let middle = (shots.first?.frames ?? 1) / 2
        let stills = try check(RenderStage.fileName, frames: total, hasSound: hasVoice, still: middle)
        progress(1)
        return stills
    }

    private func check(_ file: String, frames: Int, hasSound: Bool, still: Int?) throws -> [StagedFile] {
        let source: MediaSource
        do { source = try SourceProbe.open(staging.file(file), interrupt: interrupt) } catch {
            if interrupt.isRequested { throw error }
            throw failed(file, FailureClause.of(error))
        }
        let size = source.video.format.displaySize
        guard size.width == form.clip.width, size.height == form.clip.height else {
            throw failed(file, "it is \(size.width) × \(size.height) pixels")
        }
        guard (source.audio != nil) == hasSound else {
            throw failed(file, hasSound ? "its voice is missing" : "there is sound in it")
        }
        let reader = try MediaReader(source, tracks: .video, threads: 2, interrupt: interrupt)
        var (count, last, stills) = (0, -1.0, [StagedFile]())
        reading: while true {
            switch try reader.next() {
            case .ended: break reading
            case .audio: continue
            case .video(let time, _):
                guard time.seconds > last else { throw failed(file, "its pictures are out of order") }
                last = time.seconds
                if count == still { stills = try reader.withFrame { frame in try self.stills(of: frame) } }
                count += 1
            }
        }
        guard count == frames, reader.refusedPackets == 0 else {
            throw failed(file, "\(count) of \(frames) pictures decode")
        }
        let expected = form.seconds(frames - 1)
        guard abs(last - expected) < 0.5 / Double(form.clip.frameRate) else {
            throw failed(file, "its last picture is shown at \(last) s instead of \(expected) s")
        }
        return stills
    }

    private func stills(of frame: borrowing Frame) throws -> [StagedFile] {
        func still(_ width: Int) throws -> [UInt8] {
            let scale = min(1, Double(width) / Double(form.clip.width))
            let preparation = FramePreparation(
                width: Int(Double(form.clip.width) * scale),
                height: Int(Double(form.clip.height) * scale),
                orientation: .upright,
                purpose: .still
            )
            return try StillWriter.bytes(frame, preparation, as: StillForm(.jpeg))
        }
        return [
            try staging.write("thumbnail", "thumbnail.jpg", still(480)),
            try staging.write("poster", "poster.jpg", still(form.clip.width)),
        ]
    }

    private func failed(_ file: String, _ reason: String) -> JobError {
        JobError(
            .verificationFailed,
            "'\(file)' of '\(name.display)' did not pass its check and is not published: \(reason); please report this with "
                + "the story."
        )
    }
}
