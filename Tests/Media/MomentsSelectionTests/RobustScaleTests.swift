import Testing

@testable import MomentsSelection

@Suite struct RobustScaleTests {
    @Test("The median is that of the sorted values, whatever their order and however many are equal")
    func medianOfAnyOrder() {
        var random = SystemRandomNumberGenerator()
        for count in 1...200 {
            for levels in [2, 7, 1000] {
                let values = (0..<count).map { _ in Float(Int.random(in: 0..<levels, using: &random)) }
                let sorted = values.sorted()
                let expected =
                    count % 2 == 1 ? sorted[count / 2] : (sorted[count / 2 - 1] + sorted[count / 2]) / 2
                #expect(RobustScale.median(values) == expected, "\(values)")
            }
        }
        #expect(RobustScale.median((0..<1001).map { Float($0) }) == 500)
        #expect(RobustScale.median((0..<1001).map { Float(1000 - $0) }) == 500)
        #expect(RobustScale.median([]) == 0)
    }
}
