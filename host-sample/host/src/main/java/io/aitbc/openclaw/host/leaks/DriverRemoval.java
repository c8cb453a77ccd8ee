package io.aitbc.openclaw.host.leaks;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/**
 * Takes back the JDBC drivers that were registered by classes of its own loader. The JDK lets nobody else do that, so the host
 * defines a copy of this class in the loader of a plugin. It uses nothing but the JDK.
 */
public final class DriverRemoval implements Runnable {
    @Override
    public void run() {
        ClassLoader own = DriverRemoval.class.getClassLoader();
        List<Driver> drivers = DriverManager.drivers().toList();
        for (Driver driver : drivers) {
            if (own.equals(driver.getClass().getClassLoader())) {
                try {
                    DriverManager.deregisterDriver(driver);
                } catch (SQLException e) {
                    throw new IllegalStateException("a JDBC driver stays registered", e);
                }
            }
        }
    }
}
