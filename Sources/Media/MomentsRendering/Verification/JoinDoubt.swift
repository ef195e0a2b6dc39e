internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia

/// Looks again at copied frames that seem black or frozen, since a source may show just that.
struct JoinDoubt {
    private let reel: Reel
    private let source: MediaSource
    private let interrupt: Interrupt

    init(_ reel: Reel, from source: MediaSource, interrupt: Interrupt) {
        (self.reel, self.source, self.interrupt) = (reel, source, interrupt)
    }

    /// Compares a doubtful frame with the source's own.
    ///
    /// - Parameters:
    ///   - number: The shot.
    ///   - time: When the reel shows the frame.
    ///   - written: The reel as the probe found it.
    ///   - complaint: What it seems to be.
    /// - Throws: `Finding` where the source shows something else.
    func settle(_ number: Int, at time: MediaTime, in written: MediaSource, _ complaint: String) throws(Finding) {
        let moment = time - reel.shots[number].place.start + reel.shots[number].range.start
        do {
            guard let shown = try sketch(of: written, at: time), let meant = try sketch(of: source, at: moment) else {
                throw Finding(description: "the picture at \(time.seconds) s of the reel is gone")
            }
            let similarity = meant.similarity(to: shown)
            if similarity < Self.least {
                throw Finding(
                    description: "shot \(number + 1) \(complaint) at \(time.seconds) s of the reel, unlike the source "
                        + "(likeness \(similarity))"
                )
            }
        } catch let error as MediaError {
            throw Finding(description: "the reel cannot be compared with the source (\(error))")
        } catch let error as Finding { throw error } catch { throw Finding(description: "\(error)") }
    }

    private func sketch(of source: MediaSource, at time: MediaTime) throws -> FrameSketch? {
        let reader = try MediaReader(source, tracks: .video, threads: 1, interrupt: interrupt)
        try reader.seek(to: time)
        while case .video(let shown, _) = try reader.next() {
            // A millisecond is more than any clock rounds by.
            if (shown - time).seconds > -0.001 {
                return reader.withFrame { FrameSketch($0, limit: ShotEdges.limit) }
            }
        }
        return nil
    }

    /// The same coded frame, decoded from other places on.
    private static let least = 0.97
}
