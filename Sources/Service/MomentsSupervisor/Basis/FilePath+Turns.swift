internal import MomentsCore

extension [FilePath] {
    /// The same, so many at a time as do not keep others waiting.
    var inTurns: [[FilePath]] {
        stride(from: 0, to: count, by: 32).map { Array(self[$0..<Swift.min($0 + 32, count)]) }
    }
}
