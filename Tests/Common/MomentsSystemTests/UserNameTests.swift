import MomentsCore
import MomentsSystem
import Testing

@Suite("users' names")
struct UserNameTests {
    @Test("a user without a name is shown as its number")
    func names() {
        #expect(UserName.of(0) == "root")
        #expect(UserName.of(4_000_000_001) == "4000000001")
    }
}
