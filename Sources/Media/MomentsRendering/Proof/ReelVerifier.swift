internal import MomentsCore
public import MomentsMedia

/// Reads a reel back and holds it against what was meant.
public enum ReelVerifier {
    /// Something about a reel that is not as it was meant; one sentence.
    public struct Finding: Error, Hashable, Sendable, CustomStringConvertible {
        /// What is wrong.
        public let description: String
    }

    /// Decodes the whole reel with fresh decoders.
    ///
    /// - Parameters:
    ///   - reel: The reel as its maker knows it.
    ///   - interrupt: Stops the work.
    ///   - progress: Told the share done, 0–1.
    /// - Returns: What was measured.
    /// - Throws: `Finding` for the first thing that is wrong.
    public static func verify(
        _ reel: Reel,
        interrupt: Interrupt,
        progress: (Double) -> Void
    ) throws(Finding) -> Verification {
        let source: MediaSource
        do { source = try SourceProbe.open(reel.path, interrupt: interrupt) } catch {
            throw Finding(description: "the reel cannot be opened again (\(error))")
        }
        try expect(
            source.video.codec == reel.codec,
            "the reel's pictures are \(source.video.codec), not \(reel.codec)"
        )
        try expect(
            source.video.picture.width == reel.width && source.video.picture.height == reel.height,
            "the reel's pictures are \(source.video.picture.width) × \(source.video.picture.height), "
                + "not \(reel.width) × \(reel.height)"
        )
        try expect(
            (source.audio != nil) == reel.hasSound,
            reel.hasSound ? "the reel has lost its sound" : "the reel has sound that the source has not"
        )
        let read: Playback
        do { read = try Playback.of(source, interrupt: interrupt, progress: progress) } catch {
            throw Finding(description: "the reel cannot be decoded (\(error))")
        }
        try expect(read.damaged == 0, "\(read.damaged) packets of the reel cannot be decoded")
        try expect(
            read.pictureCount == reel.pictureCount,
            "the reel shows \(read.pictureCount) pictures, not the \(reel.pictureCount) that were made"
        )
        let frame = max(reel.duration.seconds / Double(max(1, reel.pictureCount)), 0.02)
        let length = source.duration.seconds
        try expect(
            abs(length - reel.duration.seconds) <= frame + 0.001,
            "the reel lasts \(length) s, not \(reel.duration.seconds) s"
        )
        try expect(read.isRising, "the reel's pictures are not in rising order of time")
        for (number, place) in reel.places.enumerated() where place.duration > .zero {
            // A millisecond is more than any clock of the file rounds by, and less than any picture lasts.
            let isThere = read.keyTimes.contains { abs(($0 - place.start).seconds) < 0.001 }
            try expect(isThere, "shot \(number + 1) does not start at \(place.start.seconds) s of the reel")
        }
        let skew = reel.hasSound ? read.soundEnd - length : 0
        // An encoder works in blocks of 1024 samples; the last one is filled up.
        try expect(
            abs(read.soundStart) <= frame && abs(skew) <= max(frame, 0.025) + 0.022,
            "the reel's sound and pictures end \(skew) s apart"
        )
        return Verification(
            pictures: read.pictureCount,
            duration: length,
            damagedPackets: 0,
            soundSkewAtStart: reel.hasSound ? read.soundStart : nil,
            soundSkewAtEnd: reel.hasSound ? skew : nil,
            loudness: read.loudness,
            peak: read.peak
        )
    }

    private static func expect(_ condition: Bool, _ complaint: @autoclosure () -> String) throws(Finding) {
        if !condition { throw Finding(description: complaint()) }
    }
}
