internal import Glibc
public import MomentsCore
internal import MomentsSystem
public import Testing

/// Gives each test its own empty folder and removes it afterwards.
public struct ScratchFolder: TestTrait, SuiteTrait, TestScoping {
    /// The folder of the test that is running; absolute.
    @TaskLocal public static var path: FilePath = ""

    /// What happens in the test that is running; see `eventually`.
    @TaskLocal public static var changes = Changes()

    /// Every test below a suite gets its own.
    public var isRecursive: Bool { true }

    /// Makes the folder, runs the test, removes the folder.
    public func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        let root = getenv("TMPDIR").map { FilePath(String(cString: $0)) } ?? "/tmp"
        let folder = root.appending("moments-test-" + String(UInt64.random(in: .min ... .max), radix: 36))
        try Folder.make(folder)
        defer { try? Folder.removeTree(folder) }
        try await Self.$path.withValue(folder) { try await Self.$changes.withValue(Changes()) { try await function() } }
    }
}

extension Trait where Self == ScratchFolder {
    /// An empty folder for each test: `ScratchFolder.path`.
    public static var scratchFolder: ScratchFolder { ScratchFolder() }
}
