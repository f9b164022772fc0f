package io.parquetflow.agentit;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import quickfix.ApplicationAdapter;
import quickfix.DefaultMessageFactory;
import quickfix.Log;
import quickfix.LogFactory;
import quickfix.MemoryStoreFactory;
import quickfix.Message;
import quickfix.Session;
import quickfix.SessionID;
import quickfix.SessionSettings;
import quickfix.SocketAcceptor;
import quickfix.SocketInitiator;

/**
 * A FIX 4.4 acceptor and an initiator of QuickFIX/J in one process: the initiator sends market data. Each side
 * counts in a log of its own what comes in and goes out.
 */
public final class FixFeed {
    private static final int MESSAGES = 300;

    private FixFeed() {}

    /** No arguments. */
    public static void main(String[] args) throws Exception {
        System.out.println("pid=" + ProcessHandle.current().pid());
        int port = freePort();
        System.out.println("port=" + port);
        Side sell = new Side("acceptor", MESSAGES);
        Side buy = new Side("initiator", 0);
        SocketAcceptor acceptor = new SocketAcceptor(
                sell, new MemoryStoreFactory(), settings("acceptor", port), sell, new DefaultMessageFactory());
        SocketInitiator initiator = new SocketInitiator(
                buy, new MemoryStoreFactory(), settings("initiator", port), buy, new DefaultMessageFactory());
        acceptor.start();
        initiator.start();
        await(buy.loggedOn, "logon");
        SessionID session = initiator.getSessions().get(0);
        for (int i = 0; i < MESSAGES; i++) {
            Session.sendToTarget(marketData(i), session);
        }
        await(sell.messages, "messages");
        sell.print();
        buy.print();
        System.exit(0); // without a logout, of which now and then a second one goes to nobody
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void await(CountDownLatch latch, String what) throws InterruptedException {
        if (!latch.await(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("no " + what);
        }
    }

    private static SessionSettings settings(String kind, int port) {
        boolean accepts = kind.equals("acceptor");
        SessionSettings settings = new SessionSettings();
        SessionID id = new SessionID("FIX.4.4", accepts ? "SELL" : "BUY", accepts ? "BUY" : "SELL");
        settings.setString(id, "ConnectionType", kind);
        settings.setString(id, "StartTime", "00:00:00");
        settings.setString(id, "EndTime", "00:00:00");
        settings.setString(id, "HeartBtInt", "30");
        settings.setString(id, "UseDataDictionary", "N");
        settings.setString(id, accepts ? "SocketAcceptAddress" : "SocketConnectHost", "127.0.0.1");
        settings.setString(id, accepts ? "SocketAcceptPort" : "SocketConnectPort", Integer.toString(port));
        settings.setString(id, "ReconnectInterval", "1");
        return settings;
    }

    private static Message marketData(int i) {
        Message message = new Message();
        message.getHeader().setString(35, "W");
        message.setString(55, i % 2 == 0 ? "MSFT" : "AAPL");
        message.setString(58, "Z\u00fcrich " + "x".repeat(i % 97)); // one byte each, in FIX's ISO-8859-1
        message.setInt(268, i);
        return message;
    }

    /** What one side does and counts. */
    private static final class Side extends ApplicationAdapter implements LogFactory {
        private final Tally in;
        private final Tally out;
        private final CountDownLatch messages;
        private final CountDownLatch loggedOn = new CountDownLatch(1);

        Side(String name, int expected) {
            in = new Tally(name + ".in");
            out = new Tally(name + ".out");
            messages = new CountDownLatch(expected);
        }

        void print() {
            in.print();
            out.print();
        }

        @Override
        public void onLogon(SessionID session) {
            loggedOn.countDown();
        }

        @Override
        public void fromApp(Message message, SessionID session) {
            messages.countDown();
        }

        @Override
        public Log create(SessionID session) {
            return new Counting(in, out);
        }
    }

    private static final class Counting implements Log {
        private final Tally in;
        private final Tally out;

        Counting(Tally in, Tally out) {
            this.in = in;
            this.out = out;
        }

        @Override
        public void onIncoming(String message) {
            in.count(message.getBytes(StandardCharsets.ISO_8859_1));
        }

        @Override
        public void onOutgoing(String message) {
            out.count(message.getBytes(StandardCharsets.ISO_8859_1));
        }

        @Override
        public void clear() {
            // nothing is kept
        }

        @Override
        public void onEvent(String text) {
            // of no interest
        }

        @Override
        public void onErrorEvent(String text) {
            System.out.println("error=" + text);
        }
    }
}
