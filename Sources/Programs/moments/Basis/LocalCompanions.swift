internal import MomentsCore
internal import MomentsSystem
internal import MomentsWatch

/// Finds what lies beside a file that is worked on at once.
enum LocalCompanions {
    /// The files beside a video that belong to it.
    ///
    /// - Parameter path: The video, absolute.
    /// - Returns: Their absolute paths, in the order of names.
    static func of(_ path: FilePath) -> [FilePath] {
        CompanionRules.companions(of: path).filter { (try? FileStatus.of($0))?.kind == .regular }
    }
}
