internal import MomentsAnalysis

/// What was decoded of a video bit by bit, for another choice to go on from.
public struct SparseMemory: Hashable, Codable, Sendable {
    var keyframes: [KeyframeSample]
    var findings: [SegmentFindings]
    /// Frames that were watched, in segments.
    var watched: [Range<Int>]
    /// Those of them that were seen one by one.
    var settled: [Range<Int>]
    var isWatchedWhole: Bool
    /// How many segments were watched because a cut might hide there, and how many because they might be chosen.
    var doubts: Int
    var moments: Int
    var audio: AudioCurves? = nil
    var framesDecoded = 0
    var refusedPackets = 0
}
