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

    /// The files that go on with the recording that a file begins.
    ///
    /// - Parameter path: The first one, absolute and without links on the way.
    /// - Returns: Their absolute paths, in their order.
    static func parts(of path: FilePath) -> [FilePath] {
        guard let below = path.relative(to: "/") else { return [] }
        let finder = SequenceFinder(RootedDirectory("/"), rules: IgnoreRules(), isOff: false)
        return finder.parts(of: below).map { FilePath("/").appending($0) }
    }
}
