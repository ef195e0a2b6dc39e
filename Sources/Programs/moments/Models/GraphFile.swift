/// A frozen graph of TensorFlow (a `GraphDef` in protocol buffers), cut down to what leads from a node to others.
///
/// OpenCV reads no graph with the loops around a detector; without them it reads the detector itself.
struct GraphFile {
    private struct Node {
        let name: String
        let inputs: [String]
        let bytes: ArraySlice<UInt8>
    }

    /// The graph's nodes in their order.
    private let nodes: [Node]

    /// Reads a graph; nil where it is none.
    init?(_ bytes: [UInt8]) {
        var nodes: [Node] = []
        guard Self.fields(bytes[...], { number, content in if number == 1 { nodes.append(Self.node(content)) } })
        else { return nil }
        self.nodes = nodes
    }

    /// Cuts the graph down.
    ///
    /// - Parameters:
    ///   - start: The node that gives way to the picture.
    ///   - ends: The nodes whose values are wanted.
    /// - Returns: The smaller graph; nil where a node is missing.
    func cut(from start: String, to ends: [String]) -> [UInt8]? {
        let places = Dictionary(
            nodes.enumerated().map { ($0.element.name, $0.offset) },
            uniquingKeysWith: { one, _ in one }
        )
        var (wanted, waiting): (Set<Int>, [String]) = ([], ends + [start])
        while let name = waiting.popLast() {
            guard let place = places[name] else { return nil }
            guard wanted.insert(place).inserted, name != start else { continue }
            // ^NAME only says what is done before; NAME:1 is a second output of NAME.
            waiting += nodes[place].inputs.filter { !$0.hasPrefix("^") }
                .map { String($0.prefix { $0 != ":" }) }
        }
        return nodes.indices.filter(wanted.contains).flatMap { place in
            Self.field(1, nodes[place].name == start ? Self.entrance(start) : Array(nodes[place].bytes))
        }
    }

    /// The node through which the picture comes in: of TensorFlow's type for that, of 32-bit numbers.
    private static func entrance(_ name: String) -> [UInt8] {
        field(1, Array(name.utf8)) + field(2, Array("Placeholder".utf8))
            + field(5, field(1, Array("dtype".utf8)) + field(2, [6 << 3, 1]))
    }

    private static func node(_ bytes: ArraySlice<UInt8>) -> Node {
        var (name, inputs) = ("", [String]())
        _ = fields(bytes) { number, content in
            switch number {
            case 1: name = String(decoding: content, as: UTF8.self)
            case 3: inputs.append(String(decoding: content, as: UTF8.self))
            default: break
            }
        }
        return Node(name: name, inputs: inputs, bytes: bytes)
    }

    /// Goes through the fields with content; false where the bytes are no message.
    private static func fields(_ bytes: ArraySlice<UInt8>, _ body: (Int, ArraySlice<UInt8>) -> Void) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            guard let key = number(&rest) else { return false }
            let length: Int
            switch key & 7 {
            case 0:
                guard number(&rest) != nil else { return false }
                continue
            case 1: length = 8
            case 5: length = 4
            case 2:
                guard let count = number(&rest) else { return false }
                length = count
            default: return false
            }
            guard length >= 0, length <= rest.count else { return false }
            if key & 7 == 2 { body(key >> 3, rest.prefix(length)) }
            rest = rest.dropFirst(length)
        }
        return true
    }

    private static func number(_ bytes: inout ArraySlice<UInt8>) -> Int? {
        var (value, shift) = (0, 0)
        while let byte = bytes.popFirst(), shift < 56 {
            value |= Int(byte & 127) << shift
            if byte < 128 { return value }
            shift += 7
        }
        return nil
    }

    private static func field(_ number: Int, _ content: [UInt8]) -> [UInt8] {
        var (length, bytes) = (content.count, [UInt8(number << 3 | 2)])
        while length > 127 {
            bytes.append(UInt8(length & 127 | 128))
            length >>= 7
        }
        return bytes + [UInt8(length)] + content
    }
}
