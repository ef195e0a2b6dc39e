/// Chooses the sound that goes with the pictures: pure.
package struct AudioChoice: Hashable, Sendable {
    /// The track's index; nil where there is none that can be used.
    package private(set) var index: Int?
    /// Another one of a single channel that is mixed with it.
    package private(set) var partner: Int?
    /// What people should know of it, as half sentences.
    package private(set) var notes: [String] = []

    /// Below this level, in dB of full scale, nothing is heard.
    private static let silence = -60.0
    /// So many dB below the loudest track another one counts as silent.
    private static let faint = 30.0

    /// The tracks between which listening decides; empty where one is left without.
    ///
    /// - Parameter all: The tracks, in the file's order.
    /// - Returns: Those that can be used.
    package static func contenders(_ all: [AudioCandidate]) -> [AudioCandidate] {
        let usable = all.filter { $0.isInProgramme && $0.isDecodable }
        return usable.count > 1 ? usable : []
    }

    /// Chooses.
    ///
    /// - Parameter all: The tracks, in the file's order, with levels where somebody listened.
    package init(_ all: [AudioCandidate]) {
        let own = all.filter(\.isInProgramme)
        let usable = own.filter(\.isDecodable)
        let wanted = own.first(where: \.isDefault) ?? own.first
        let loudest = usable.compactMap(\.level).max() ?? 0
        func isAudible(_ track: AudioCandidate) -> Bool {
            guard let level = track.level else { return true }
            return level > Self.silence && level > loudest - Self.faint
        }
        func isMeant(_ track: AudioCandidate) -> Bool {
            guard let one = track.language, let other = wanted?.language else { return true }
            return one == other
        }
        func rank(_ track: AudioCandidate) -> [Int] {
            [
                isAudible(track) ? 1 : 0, track.isAside ? 0 : 1, isMeant(track) ? 1 : 0, track.isDefault ? 1 : 0,
                track.channels, -track.index,
            ]
        }
        guard let best = usable.max(by: { rank($0).lexicographicallyPrecedes(rank($1)) }) else {
            if let lost = wanted { notes = ["its sound (\(lost.codec)) cannot be decoded; the reel is silent"] }
            return
        }
        index = best.index
        if let wanted, !wanted.isDecodable {
            notes.append(
                "its sound track \(wanted.index) (\(wanted.codec)) cannot be decoded; track \(best.index) is used"
            )
        } else if let wanted, !isAudible(wanted), isAudible(best), wanted.index != best.index {
            notes.append("its sound track \(wanted.index) is silent; track \(best.index) is used")
        }
        // Cameras write each of two microphones as a track of its own.
        let other = usable.first { track in
            track.index != best.index && track.channels == 1 && track.codec == best.codec
                && track.sampleRate == best.sampleRate && !track.isAside && track.language == best.language
                && track.level != nil && isAudible(track)
        }
        guard best.channels == 1, best.level != nil, isAudible(best), !best.isAside, let other else { return }
        partner = other.index
        notes.append("its sound tracks \(best.index) and \(other.index) have one channel each, and are mixed")
    }
}
