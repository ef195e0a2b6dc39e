import Dispatch
import Glibc
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import MomentsWatch
import Testing

@Suite("folders that are moved away", .scratchFolder, .timeLimit(.minutes(5)))
struct FolderMovesTests {
    @Test("a move of a folder, of one it lies in, and back again are told")
    func moves() throws {
        let (top, told) = (ScratchFolder.path.appending("top"), DispatchSemaphore(value: 0))
        let folder = top.appending("folder")
        try Folder.make(folder)
        let moves = FolderMoves([folder], on: SerialQueue(label: "test")) { told.signal() }
        moves.follow()
        try #require(moves.isFollowing)
        try Folder.move(folder, to: top.appending("away"))
        #expect(told.wait(timeout: .now() + 30) == .success)
        try Folder.move(top.appending("away"), to: folder)
        #expect(told.wait(timeout: .now() + 30) == .success)
        try Folder.move(top, to: ScratchFolder.path.appending("elsewhere"))
        #expect(told.wait(timeout: .now() + 30) == .success)
    }

    @Test("where the kernel has no more reports to give, nobody relies on them")
    func exhausted() async {
        await #expect(processExitsWith: .success) {
            // RLIMIT_NOFILE
            var limit = rlimit(rlim_cur: 0, rlim_max: 1024)
            guard setrlimit(__rlimit_resource_t(7), &limit) == 0 else { exit(2) }
            let moves = FolderMoves(["/tmp"], on: SerialQueue(label: "test")) {}
            moves.follow()
            guard !moves.isFollowing else { exit(1) }
            exit(0)
        }
    }
}
