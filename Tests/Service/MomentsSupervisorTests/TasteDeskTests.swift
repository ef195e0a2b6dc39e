import MomentsCore
import MomentsStore
import MomentsSupervisor
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("who teaches a taste")
struct TasteDeskTests {
    @Test("the owner of a folder, and where it is nobody's the owner of the video; nobody else")
    func teacher() {
        #expect(TasteDesk.teacher(folder: 1000, video: 1001, service: 990) == 1000)
        #expect(TasteDesk.teacher(folder: 0, video: 1001, service: 990) == 1001)
        #expect(TasteDesk.teacher(folder: 990, video: 1001, service: 990) == 1001)
        #expect(TasteDesk.teacher(folder: nil, video: 1001, service: 990) == 1001)
    }
}
