import MomentsCore
import Testing

@Suite("working hours")
struct DailyHoursTests {
    @Test("a stretch may go over midnight, and several add up")
    func contains() throws {
        let hours = try #require(DailyHours(["22:00-06:00", "12:30-13:00"]))
        for (hour, minute, inside) in [
            (21, 59, false), (22, 0, true), (23, 59, true), (0, 0, true), (5, 59, true), (6, 0, false), (12, 30, true),
            (13, 0, false),
        ] {
            #expect(hours.contains(hour * 3600 + minute * 60) == inside, "\(hour):\(minute)")
        }
    }

    @Test("the next change is the nearest beginning or end")
    func change() throws {
        let hours = try #require(DailyHours(["22:00-06:00"]))
        #expect(hours.secondsToChange(from: 21 * 3600) == 3600)
        #expect(hours.secondsToChange(from: 22 * 3600) == 8 * 3600)
        #expect(hours.secondsToChange(from: 7 * 3600) == 15 * 3600)
    }

    @Test(
        "what is no stretch of the day is refused",
        arguments: ["", "22-6", "22:00", "25:00-6:00", "6:60-7:00", "8:00-8:00"]
    )
    func refused(word: String) { #expect(DailyHours([word]) == nil) }
}
