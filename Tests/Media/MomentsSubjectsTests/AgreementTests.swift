import MomentsAnalysis
import MomentsCore
import Testing

@testable import MomentsSubjects

@Suite("what several looks at a picture come to")
struct AgreementTests {
    @Test("one look is taken as it is")
    func one() {
        let finds = [Scenery.find(0.1), Scenery.find(0.12), Scenery.find(0.6, 0.3, 0.2, 0.4)]
        #expect(Agreement.merged([finds]) == finds)
        #expect(Agreement.merged([]).isEmpty)
    }

    @Test("whoever two looks find is as sure as the surer one says, and lies between both, nearer to that one")
    func both() throws {
        let merged = Agreement.merged([[Scenery.find(0.1, 0.3, 0.2, 0.6)], [Scenery.find(0.14, 0.3, 0.2, 0.9)]])
        #expect(merged.count == 1)
        let find = try #require(merged.first)
        #expect(find.confidence == 0.9)
        #expect(abs(find.box.x - 0.124) < 1e-9 && abs(find.box.y - 0.3) < 1e-9 && abs(find.box.width - 0.2) < 1e-9)
    }

    @Test("whoever only one look finds is less sure")
    func alone() {
        let merged = Agreement.merged([[Scenery.find(0.1, 0.3, 0.2, 0.5)], [Scenery.find(0.6, 0.3, 0.2, 0.9)]])
        #expect(merged.map(\.box.x) == [0.6, 0.1])
        #expect(zip(merged, [0.72, 0.4]).allSatisfy { abs($0.confidence - $1) < 1e-9 }, "\(merged)")
    }

    @Test("two whom one look tells apart stay two, and each is confirmed by the nearest of the other")
    func neighbours() {
        let merged = Agreement.merged([
            [Scenery.find(0.1), Scenery.find(0.17, 0.3, 0.2, 0.8)],
            [Scenery.find(0.11, 0.3, 0.2, 0.7), Scenery.find(0.18, 0.3, 0.2, 0.6)],
        ])
        #expect(merged.map(\.confidence) == [0.9, 0.8])
        #expect(zip(merged.map(\.box.x), [0.1044, 0.1743]).allSatisfy { abs($0 - $1) < 1e-3 }, "\(merged)")
    }

    @Test("things of other names are never the same")
    func names() {
        let person = Scenery.find(0.1)
        let dog = Detection(kind: .objects, name: "dog", confidence: 0.9, box: person.box)
        #expect(Agreement.merged([[person], [dog]]).count == 2)
    }
}
