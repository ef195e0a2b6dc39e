import MomentsCore
import MomentsSystem
import Testing

@Suite("the mount table")
struct MountTableTests {
    @Test("shares are told from this machine's own disks, whatever their names hold")
    func servers() {
        let table = MountTable(
            #"""
            21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/root rw
            22 21 0:20 / /proc rw - proc proc rw
            40 21 0:45 / /srv/the\040nas rw,relatime shared:9 master:2 - nfs4 server:/export rw
            41 21 0:46 / /srv/back\134slash rw - fuse.sshfs host:/ rw
            42 21 0:47 / /new rw - somethingnew x rw
            torn line
            """#
        )
        #expect(table.mounts.count == 5)
        #expect(table.mounts.first == MountTable.Mount(number: 21, point: "/", kind: "ext4"))
        #expect(table.servers == ["/srv/the nas", #"/srv/back\slash"#, "/new"])
    }

    @Test("this process's own table can be read, and its root is in it")
    func own() { #expect(MountTable.read().mounts.contains { $0.point == "/" }) }
}
