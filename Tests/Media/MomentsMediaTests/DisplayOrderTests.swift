internal import MomentsCore
internal import MomentsMedia
internal import Testing

@Suite("the times of single pictures")
struct DisplayOrderTests {
    @Test("coders' numbers order pictures within each group, kinds where there are none")
    func ranks() {
        func pictures(_ numbers: [Int32?], _ kinds: [CodedKind], _ keys: Set<Int>) -> [DisplayOrder.Picture] {
            numbers.indices.map { .init(kind: kinds[$0], number: numbers[$0], isKeyframe: keys.contains($0)) }
        }
        let kinds: [CodedKind] = [.intra, .predicted, .bidirectional, .bidirectional, .intra, .predicted]
        let numbered = pictures([0, 6, 2, 4, 0, 2], kinds, [0, 4])
        #expect(DisplayOrder.ranks(numbered) == [0, 3, 1, 2, 4, 5])
        let open = pictures([0, 6, 2, 4, 12, 10], kinds, [0, 4])
        #expect(DisplayOrder.ranks(open) == [0, 3, 1, 2, 5, 4])
        let plain = pictures([nil, nil, nil, nil, nil, nil], kinds, [0, 4])
        #expect(DisplayOrder.ranks(plain) == [0, 3, 1, 2, 4, 5])
        #expect(DisplayOrder.isPlain([0, 1, 2]) && !DisplayOrder.isPlain([0, 2, 1]))
    }
}
